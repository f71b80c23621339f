import { figure, type Report, type Table } from '../report/table.ts';
import { measurePosts, POSTS } from './measure-posts.ts';
import { measurePush } from './measure-push.ts';

/** Twice as many as get a frame within a second (`pushPostsPerSecond` of the stage): the push is at its limit. */
const CLIENTS = 1000;

/** What the live push at its limit costs a caller of `POST /v1/events`, and what a second of its posts costs the evaluator. */
export async function reportPush({ quick }: { quick: boolean }): Promise<Report> {
  return { part: 'push', tables: [await requestsTable(quick), await postsTable(quick)] };
}

async function requestsTable(quick: boolean): Promise<Table> {
  const measures = await measurePush({ clients: CLIENTS, rounds: quick ? 1 : 4, seconds: quick ? 10 : 30 });
  const base = measures.find(({ isPushed }) => !isPushed);
  return {
    title: `POST /v1/events with ${CLIENTS} clients connected, by turns, on this machine`,
    columns: ['clients', 'requests', 'median, ms', 'p99, ms', 'ratio', 'target', 'frames a second'],
    rows: measures.map(({ isPushed, requests, p50Ms, p99Ms, framesPerSecond }) => [
      ...[isPushed ? 'all are subscribed' : 'none is subscribed', figure(requests, 0), figure(p50Ms), figure(p99Ms)],
      ...[figure(p99Ms / (base?.p99Ms ?? Number.NaN)), isPushed ? '1.20' : '-', figure(framesPerSecond, 0)],
    ]),
  };
}

async function postsTable(quick: boolean): Promise<Table> {
  const measures = await measurePosts({ rounds: quick ? 3 : 15 });
  return {
    title: `Client CPU for ${POSTS} posts to \`@connections\`, 16 at once, against a server that answers at once`,
    columns: ['way', 'CPU ms', 'middle half', 'of a post'],
    rows: measures.map(({ way, cpuMs, quartiles }) => [
      ...[way, figure(cpuMs), quartiles.map((each) => figure(each)).join(' to '), figure(cpuMs / POSTS)],
    ]),
  };
}
