import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const { devDependencies: shared } = JSON.parse(
  await readFile(join(import.meta.dirname, '../../../package.json'), 'utf8'),
);

/** The last releases of each major that the packages are for. npm has Node's programs, a package for each platform. */
export const PUBLISHED_FOR: readonly string[] = ['20.20.2', '22.23.5', shared.node];

/** What a project has that uses a package of ours. */
export interface ConsumerParts {
  /** The folder of the package. */
  readonly root: string;
  /** Its program in TypeScript. */
  readonly program: string;
  /** The packages that it installs beside ours, with their versions. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Options of its compiler beside `strict`. */
  readonly compilerOptions?: object;
}

/** A project outside of ours, with a packed package installed as npm does it, and its program compiled. */
export interface Consumer {
  readonly folder: string;
  /** The files of the package. */
  readonly paths: readonly string[];
  /** Runs its program on one of `PUBLISHED_FOR`. */
  run(version: string): Promise<{ node: string; stdout: string }>;
  remove(): Promise<void>;
}

/** Packs a package, and installs it in a new folder. Rejects with the compiler's output if its types are wrong. */
export async function createConsumer({ root, program, packages, compilerOptions }: ConsumerParts): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-consumer-'));
  const { filename, paths } = await pack(root, folder);
  const options = { strict: true, skipLibCheck: true, target: 'es2022', module: 'nodenext', types: ['node'] };
  await writeFile(join(folder, 'package.json'), '{"type":"module","private":true}');
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...options, ...compilerOptions } }),
  );
  await writeFile(join(folder, 'consumer.ts'), program);
  await install(folder, filename, packages);
  await run('node_modules/.bin/tsc', ['-p', '.'], { cwd: folder });
  return {
    ...{ folder, paths },
    run: async (version) => {
      const node = join(folder, `node_modules/${aliasOf(version)}/bin/node`);
      const { stdout: name } = await run(node, ['--version']);
      const { stdout } = await run(node, ['consumer.js'], { cwd: folder });
      return { node: name.trim(), stdout };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The file that `npm pack` makes, as npm names it. */
async function pack(root: string, to: string): Promise<{ filename: string; paths: string[] }> {
  const { stdout } = await run('npm', ['pack', '--json', '--silent', '--pack-destination', to], { cwd: root });
  const packed = JSON.parse(stdout.slice(stdout.search(/^[[{]/m)));
  const [{ filename, files }] = Array.isArray(packed) ? packed : Object.values(packed);
  return { filename, paths: files.map(({ path }: { path: string }) => path) };
}

async function install(folder: string, filename: string, packages: ConsumerParts['packages'] = {}): Promise<void> {
  const wanted = { ...packages, typescript: shared.typescript, '@types/node': shared['@types/node'] };
  const names = Object.entries(wanted).map(([name, version]) => `${name}@${version}`);
  // An alias for each, because one folder holds one version of a package.
  const programs = PUBLISHED_FOR.map(
    (version) => `${aliasOf(version)}@npm:node-${process.platform}-${process.arch}@${version}`,
  );
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...quiet, `./${filename}`, ...names, ...programs], { cwd: folder });
}

function aliasOf(version: string): string {
  return `node${version.split('.')[0]}`;
}
