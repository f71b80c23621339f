import { figure, type Report } from '../report/table.ts';
import { measurePush } from './measure-push.ts';

/** Twice as many as get a frame within a second (`pushPostsPerSecond` of the stage): the push is at its limit. */
const CLIENTS = 1000;

/** What the live push at its limit costs a caller of `POST /v1/events`. */
export async function reportPush({ quick }: { quick: boolean }): Promise<Report> {
  const measures = await measurePush({ clients: CLIENTS, rounds: quick ? 1 : 2, seconds: quick ? 10 : 30 });
  const base = measures.find(({ isPushed }) => !isPushed);
  const table = {
    title: `POST /v1/events with ${CLIENTS} clients connected, by turns, on this machine`,
    columns: ['clients', 'requests', 'median, ms', 'p99, ms', 'ratio', 'target', 'frames a second'],
    rows: measures.map(({ isPushed, requests, p50Ms, p99Ms, framesPerSecond }) => [
      ...[isPushed ? 'all are subscribed' : 'none is subscribed', figure(requests, 0), figure(p50Ms), figure(p99Ms)],
      ...[figure(p99Ms / (base?.p99Ms ?? Number.NaN)), isPushed ? '1.20' : '-', figure(framesPerSecond, 0)],
    ]),
  };
  return { part: 'push', tables: [table] };
}
