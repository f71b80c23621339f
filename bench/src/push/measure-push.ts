import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { quantile } from '../measure/cpu.ts';
import { type RunningWeir, startWeir } from '../running-weir/running-weir.ts';
import type { ClientsData, ClientsQuestion } from './push-clients.ts';

const PAUSE_MS = 20;
/** Until subscriptions are ended, and what was on its way has arrived. */
const SETTLE_MS = 15_000;
/** Before each half: after a silence, the first requests are slower, whatever is pushed. */
const WARM_UP_SECONDS = 10;

export interface PushOptions {
  readonly clients: number;
  readonly rounds: number;
  /** Of each half of a round. */
  readonly seconds: number;
}

/** Requests that were made while nothing was pushed, or while everything was. */
export interface PushMeasure {
  readonly isPushed: boolean;
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly framesPerSecond: number;
}

/** Times `POST /v1/events` while all clients are subscribed to the action, and while none is, by turns. */
export async function measurePush({ clients, rounds, seconds }: PushOptions): Promise<PushMeasure[]> {
  const weir = await startWeir();
  try {
    const { pushUrl: url = '', key } = weir.local;
    const workerData: ClientsData = { url, key, clients };
    const worker = new Worker(new URL('./push-clients.ts', import.meta.url), { workerData });
    const ask = async (question: ClientsQuestion): Promise<number> => {
      worker.postMessage(question);
      return (await once(worker, 'message'))[0];
    };
    await once(worker, 'message');
    const halves = [false, true].map((isPushed) => ({ isPushed, times: [] as number[], frames: 0 }));
    for (let round = 0; round < rounds; round++) {
      // In the order of A B B A: whatever changes with time adds to both.
      for (const half of round % 2 === 0 ? halves : halves.toReversed()) {
        await ask(half.isPushed ? 'subscribe' : 'unsubscribe');
        await sleep(SETTLE_MS);
        await timeRequests(weir, WARM_UP_SECONDS);
        const before = await ask('count');
        half.times.push(...(await timeRequests(weir, seconds)));
        half.frames += (await ask('count')) - before;
      }
    }
    await worker.terminate();
    return halves.map(({ isPushed, times, frames }) => ({
      ...{ isPushed, requests: times.length, p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99) },
      framesPerSecond: frames / (rounds * seconds),
    }));
  } finally {
    await weir.close();
  }
}

/** Milliseconds of each request. */
async function timeRequests(weir: RunningWeir, seconds: number): Promise<number[]> {
  const times: number[] = [];
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await sleep(PAUSE_MS)) {
    const event = { userId: 'u', action: 'bench.push', timestamp: Date.now() };
    const began = performance.now();
    await weir.call('/events', { method: 'POST', body: { events: [event] } });
    times.push(performance.now() - began);
  }
  return times;
}
