import { execFileSync } from 'node:child_process';

/** A process of this machine. */
export interface ShownProcess {
  readonly pid: number;
  readonly parent: number;
  readonly cpuMs: number;
}

/** CPU of a process and of everything below it that still runs, in milliseconds. */
export function treeCpuMs(root: number, processes: readonly ShownProcess[]): number {
  const own = processes.find(({ pid }) => pid === root)?.cpuMs ?? 0;
  const children = processes.filter(({ parent }) => parent === root);
  return children.reduce((sum, { pid }) => sum + treeCpuMs(pid, processes), own);
}

/** Every process of this machine; none where there is no /proc, as on macOS. */
export function readProcesses(): readonly ShownProcess[] {
  const script = 'for f in /proc/[0-9]*/stat; do cat "$f"; done 2>/dev/null';
  return parseStats(execFileSync('sh', ['-c', script], { encoding: 'utf8', maxBuffer: 2 ** 26 }));
}

const TICK_MS = 10;

/** The lines of /proc/<pid>/stat. A name in brackets may hold anything, so the figures are counted from its end. */
export function parseStats(text: string): readonly ShownProcess[] {
  return text
    .split('\n')
    .filter((line) => line.includes(') '))
    .map((line) => {
      const rest = line.slice(line.lastIndexOf(') ') + 2).split(' ');
      // User and system time, of its own and of the children for which it has waited.
      const ticks = rest.slice(11, 15).reduce((sum, each) => sum + Number(each), 0);
      return { pid: Number.parseInt(line, 10), parent: Number(rest[1]), cpuMs: ticks * TICK_MS };
    });
}
