import { figure, type Report } from '../report/table.ts';
import { measureLimits, POLICY } from './measure-limits.ts';

/** The requests of a flood with one key that get through, with a Redis and without. */
export async function reportLimits({ quick }: { quick: boolean }): Promise<Report> {
  const seconds = quick ? 3 : 15;
  const measures = await measureLimits({ seconds });
  const { ratePerSecond, burst } = POLICY;
  const table = {
    title: `A flood of 24 connections for ${seconds} s; the limit is ${ratePerSecond} requests a second and ${burst} at once`,
    columns: ['instances', 'let through', 'of one bucket', 'ratio', 'refused', 'Redis missed'],
    rows: measures.map(({ instances, hasRedis, through, refused, oneBucket, unreached }) => [
      `${instances}, ${hasRedis ? 'with Redis' : 'each by itself'}`,
      ...[figure(through, 0), figure(oneBucket, 0), figure(through / oneBucket), figure(refused, 0)],
      hasRedis ? figure(unreached, 0) : '-',
    ]),
    note: '"Redis missed": Redis did not answer an instance in time, as on a busy machine; then it limited by itself\nfor five seconds.',
  };
  return { part: 'limits', tables: [table] };
}
