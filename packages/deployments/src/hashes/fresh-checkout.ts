import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';

/** A machine on which somebody packages. */
export interface Machine {
  /** Where its checkout is, from a folder of all machines. */
  readonly folder: string;
  readonly umask: string;
  readonly env: Readonly<Record<string, string>>;
  /** When its files were changed last, as `touch -t` takes it; undefined for now. */
  readonly touched?: string;
}

/** The variables that npm and an installation add to the environment of a command. */
const OURS = /^(npm_(?!config_).*|npm_config_(local_prefix|loglevel)|INIT_CWD|NODE|NODE_OPTIONS|NODE_V8_COVERAGE)$/i;
/** Enough of what a failed command printed. */
const MAX_PRINTED = 5_000;

/** A checkout in a folder of its own, with all that is installed there. */
export class FreshCheckout {
  readonly #machine: Machine;
  readonly #env: NodeJS.ProcessEnv;
  readonly #dir: string;

  /** `parent` is the folder of all machines, and `env` the environment of this process. */
  constructor(machine: Machine, parent: string, env: NodeJS.ProcessEnv) {
    this.#machine = machine;
    this.#env = { ...uninstalledEnvironment(env), ...machine.env };
    this.#dir = join(parent, machine.folder);
  }

  /** Fetches a commit of the repository at `root` that a branch, or HEAD, is at; and installs. */
  async make(root: string, commit: string): Promise<void> {
    await mkdir(this.#dir, { recursive: true });
    await this.#run('git', 'init', '--quiet');
    await this.#run('git', 'fetch', '--quiet', '--depth', '1', `file://${root}`, commit);
    await this.#run('git', 'checkout', '--quiet', commit);
    await this.#run('npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund');
    const { touched } = this.#machine;
    const found = ['find', 'packages', 'services', '-type', 'f'];
    if (touched) await this.#run(...found, '-exec', 'touch', '-t', touched, '{}', '+');
  }

  /** Packages every service for these stages. Answers with the directories of the artifacts. */
  async package(stages: readonly string[], services: readonly string[]): Promise<readonly string[]> {
    await this.#run('npm', 'run', 'package-stages', '--', 'artifacts', ...stages);
    return stages.flatMap((stage) => services.map((service) => join(this.#dir, 'artifacts', stage, service)));
  }

  async #run(...command: readonly string[]): Promise<void> {
    const args = ['-c', 'umask "$1"; shift; exec "$@" 2>&1', 'sh', this.#machine.umask, ...command];
    const child = spawn('sh', args, { cwd: this.#dir, env: this.#env, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('exit', resolve));
    const [code, printed] = await Promise.all([ended, text(child.stdout)]);
    if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${printed.slice(-MAX_PRINTED)}`);
  }
}

/** The environment of a person who has installed nothing yet. */
export function uninstalledEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const path = (env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const kept = Object.entries(env).filter(([name]) => !OURS.test(name));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
}
