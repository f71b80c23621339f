import { figure, type Report } from '../report/table.ts';
import { measureAudit } from './measure-audit.ts';
import { nightCost } from './night-cost.ts';

const EVENTS_PER_SECOND = 1_000;
/** A day of events, and what a night's audit of it reads: the arrivals of the day before, of the day, and since. */
const DAY_LINES = EVENTS_PER_SECOND * 86_400;
const NIGHT_LINES = 180_000_000;

/** An audit of events at 1,000 a second, with sweeps and an erasure in between; and what a night takes. */
export async function reportAudit({ quick }: { quick: boolean }): Promise<Report> {
  const size = quick ? { seconds: 600, rounds: 1 } : { seconds: 3_600, rounds: 3 };
  const { events, erasedLines, drift, cpuSeconds } = await measureAudit({
    eventsPerSecond: EVENTS_PER_SECOND,
    ...size,
  });
  const perSecond = events / cpuSeconds;
  const measured = {
    title: `Events at ${figure(EVENTS_PER_SECOND, 0)} a second, counted by the consumer, swept, and audited`,
    columns: ['events', 'erased lines', 'drift', 'target', 'CPU seconds', 'lines a second of CPU'],
    rows: [
      [figure(events, 0), figure(erasedLines, 0), figure(drift, 0), '0', figure(cpuSeconds), figure(perSecond, 0)],
    ],
    note: `Median of ${size.rounds}. CPU of all threads; table and bucket are in memory.`,
  };
  const nights = {
    title: 'A night at this rate, in AWS (us-east-1)',
    columns: ['lines', 'CPU seconds', 'calls of the function', 'dollars'],
    rows: [
      nightRow('of one day', DAY_LINES, perSecond),
      nightRow('that the audit of a day reads', NIGHT_LINES, perSecond),
    ],
    note: 'Computed from the line above: a function of one CPU, a GET for each hourly object, and transitions of the state machine.',
  };
  return { part: 'audit', tables: [measured, nights] };
}

function nightRow(name: string, lines: number, perSecond: number): string[] {
  const { cpuSeconds, calls, dollars } = nightCost(lines, perSecond);
  return [`${figure(lines / 1e6)} million ${name}`, figure(cpuSeconds), figure(calls, 0), figure(dollars, 4)];
}
