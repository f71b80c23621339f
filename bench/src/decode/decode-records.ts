import { decodeRecords, type StreamRecord } from '@weir/events';
import { createEventRecords } from './event-records.ts';

/**
 * CPU of decoding and checking, compared with base64 and `JSON.parse` of each record: medians of interleaved rounds.
 */
export interface DecodeFigures {
  readonly records: number;
  readonly bytes: number;
  readonly rounds: number;
  readonly baselineMs: number;
  readonly decodeMs: number;
  /** The median of each round's ratio: the machine's speed changes between rounds. */
  readonly ratio: number;
}

/** Measures both by turns, in one process. */
export function measureDecode({ rounds = 40, warmUp = 20 } = {}): DecodeFigures {
  const records = createEventRecords();
  const pairs: { readonly baseline: number; readonly decode: number }[] = [];
  for (let round = -warmUp; round < rounds; round++) {
    const pair = measurePair(records, round % 2 === 0);
    if (round >= 0) pairs.push(pair);
  }
  return {
    records: records.length,
    bytes: Buffer.from(records[0]?.data ?? '', 'base64').length,
    rounds,
    baselineMs: median(pairs.map((pair) => pair.baseline)),
    decodeMs: median(pairs.map((pair) => pair.decode)),
    ratio: median(pairs.map((pair) => pair.decode / pair.baseline)),
  };
}

/** The baseline: the least work of any consumer. */
export function parseEach(records: readonly StreamRecord[]): unknown[] {
  const values: unknown[] = [];
  for (const record of records) values.push(JSON.parse(Buffer.from(record.data, 'base64').toString('utf8')));
  return values;
}

/** Each of the two begins every second round, so that neither always pays for the other's garbage. */
function measurePair(records: readonly StreamRecord[], baselineFirst: boolean): { baseline: number; decode: number } {
  const early = baselineFirst ? cpuMsOf(parseEach, records) : undefined;
  const decode = cpuMsOf(decodeRecords, records);
  return { baseline: early ?? cpuMsOf(parseEach, records), decode };
}

function cpuMsOf(work: (records: readonly StreamRecord[]) => unknown[], records: readonly StreamRecord[]): number {
  const before = process.cpuUsage();
  const results = work(records);
  const { user, system } = process.cpuUsage(before);
  if (results.length !== records.length) throw new Error(`${results.length} results from ${records.length} records`);
  return (user + system) / 1000;
}

function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

if (import.meta.main) console.log(measureDecode());
