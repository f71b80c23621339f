import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpuMsOfAsync, median, quantile } from './cpu.ts';

/** One way to make the calls of a client. */
export interface ClientWay {
  readonly way: string;
  readonly run: () => Promise<unknown>;
}

/** The number of measured runs of each way, and of unmeasured runs before them. */
export interface Rounds {
  readonly rounds: number;
  readonly warmUps?: number;
}

/** CPU of a run in milliseconds: the median, and the limits of the middle half. */
export interface ClientCpu {
  readonly cpuMs: number;
  readonly quartiles: readonly [number, number];
}

/** CPU of this process for each way, by turns, against a server that answers at once, at the endpoint `waysAt` is given. */
export async function measureClientCpu<W extends ClientWay>(
  waysAt: (endpoint: string) => readonly W[],
  { rounds, warmUps = 3 }: Rounds,
): Promise<Array<W & ClientCpu>> {
  const server = fork(new URL('./null-server.ts', import.meta.url));
  const [port] = (await once(server, 'message')) as [number];
  try {
    const ways = waysAt(`http://127.0.0.1:${port}`);
    const figures: number[][] = ways.map(() => []);
    for (let round = -warmUps; round < rounds; round++) {
      for (const [at, { run }] of ways.entries()) {
        const ms = await cpuMsOfAsync(run);
        if (round >= 0) figures[at]?.push(ms);
      }
    }
    return ways.map((way, at) => {
      const own = figures[at] ?? [];
      return { ...way, cpuMs: median(own), quartiles: [quantile(own, 0.25), quantile(own, 0.75)] };
    });
  } finally {
    server.disconnect();
  }
}
