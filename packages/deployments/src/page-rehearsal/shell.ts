import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

export interface ShellOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a command did. */
export interface Ran {
  readonly code: number;
  /** Of both streams. */
  readonly output: string;
}

/** A line of its own after each command. */
const END = 'weir-end-of-command';

/** A shell that stays, as a terminal does: a directory and a variable hold for the next command. */
export class Shell {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: Interface;

  constructor({ cwd, env }: ShellOptions) {
    this.#process = spawn('sh', [], { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#process.stdout });
  }

  /** Runs one command, which gets no input. Throws an Error if it ends the shell. */
  async run(command: string): Promise<Ran> {
    const lines: string[] = [];
    const ended = new Promise<Ran>((resolve, reject) => {
      const read = (line: string) => {
        const [, code] = new RegExp(`^${END} (\\d+)$`).exec(line) ?? [];
        if (code === undefined) lines.push(line);
        else done(() => resolve({ code: Number(code), output: lines.join('\n') }));
      };
      const fail = () => done(() => reject(new Error(`the shell ended at: ${command}\n${lines.join('\n')}`)));
      const done = (settle: () => void) => {
        this.#lines.off('line', read).off('close', fail);
        settle();
      };
      this.#lines.on('line', read).on('close', fail);
    });
    this.#process.stdin.write(`{ ${command}\n} </dev/null 2>&1; printf '\\n${END} %s\\n' "$?"\n`);
    return ended;
  }

  close(): void {
    this.#process.stdin.end();
  }
}
