import { figure, type Report } from '../report/table.ts';
import { measureLimits, POLICY } from './measure-limits.ts';

/** What a flood with one key gets through, with a Redis and without. */
export async function reportLimits({ quick }: { quick: boolean }): Promise<Report> {
  const seconds = quick ? 3 : 15;
  const measures = await measureLimits({ seconds });
  const { ratePerSecond, burst } = POLICY;
  const table = {
    title: `A flood of 24 connections for ${seconds} s, ${ratePerSecond} requests a second and ${burst} at once allowed`,
    columns: ['instances', 'let through', 'of one bucket', 'ratio', 'refused', 'Redis missed'],
    rows: measures.map(({ instances, hasRedis, through, refused, oneBucket, unreached }) => [
      `${instances}, ${hasRedis ? 'with Redis' : 'each by itself'}`,
      ...[figure(through, 0), figure(oneBucket, 0), figure(through / oneBucket), figure(refused, 0)],
      hasRedis ? figure(unreached, 0) : '-',
    ]),
    note: '"Redis missed": an instance waited for it in vain, as on a machine that is busy, and limited by itself for five seconds.',
  };
  return { part: 'limits', tables: [table] };
}
