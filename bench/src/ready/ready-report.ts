import { figure, type Report } from '../report/table.ts';
import { measureReady } from './measure-ready.ts';
import { measureRecords } from './measure-records.ts';

/** The time from the key to the moment in which everything on this machine can be used. */
export async function reportReady({ quick }: { quick: boolean }): Promise<Report> {
  const measures = await measureReady({ rounds: quick ? 1 : 3 });
  const [base] = measures;
  const table = {
    title: 'From the key to ready',
    columns: ['start', 'seconds', 'seconds of CPU', 'ratio of CPU', 'target, seconds'],
    rows: measures.map(({ name, seconds, cpuSeconds }, at) => [
      name,
      figure(seconds),
      figure(cpuSeconds),
      figure(cpuSeconds / (base?.cpuSeconds ?? Number.NaN)),
      at === 0 ? '-' : '8',
    ]),
    note: 'Medians of three. The first start finds no compiled code and no bundles, and counts the 20,000 events of the sample.',
  };
  const records = {
    title: 'CPU of kinesalite for the sequence numbers of 20,000 records that are put and read',
    columns: ['way', 'ms', 'ratio', 'middle half'],
    rows: measureRecords({ rounds: quick ? 1 : 7 }).map(({ name, ms, ratio, quartiles: [low, high] }) => [
      name,
      figure(ms),
      figure(ratio),
      `${figure(low)} to ${figure(high)}`,
    ]),
  };
  return { part: 'ready', tables: [table, records] };
}
