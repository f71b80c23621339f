import type { ObjectStore } from '@weir/archive';
import { figuresOf } from '../../counts/figures-of.ts';
import { canonicalJson } from '../../daily/canonical-json.ts';
import type { SummaryDay } from '../results.ts';
import { type CountedDay, decodeDay, encodeDay } from './day-codec.ts';

type Files = Pick<ObjectStore, 'create' | 'find' | 'put'>;

/** The files of a summary's days in the job's folder. */
export interface SummaryFiles {
  /** Stores a day once; the first that was stored is the day, also for the rows. */
  store(part: number, date: string, count: () => Promise<CountedDay>): Promise<void>;
  day(part: number): Promise<CountedDay>;
  rows(part: number): Promise<readonly SummaryDay[]>;
}

/** Beside the sketches stand the finished rows: to estimate millions of them is too much for the one who assembles. */
export function openSummaryFiles(files: Files, folder: string): SummaryFiles {
  const sketchesKey = (part: number) => `${folder}days/${part}.sketches`;
  const rowsKey = (part: number) => `${folder}days/${part}.json`;
  const read = async (key: string) => {
    const found = await files.find(key);
    if (!found) throw new Error(`there is no ${key}`);
    return found.bytes;
  };
  return {
    async store(part, date, count) {
      const key = sketchesKey(part);
      let bytes = (await files.find(key))?.bytes;
      if (!bytes) {
        const counted = encodeDay(await count());
        bytes = (await files.create(key, counted)) ? counted : await read(key);
      }
      await files.put(rowsKey(part), Buffer.from(canonicalJson(rowsOf(date, decodeDay(bytes)))));
    },
    day: async (part) => decodeDay(await read(sketchesKey(part))),
    rows: async (part) => JSON.parse(Buffer.from(await read(rowsKey(part))).toString()) as SummaryDay[],
  };
}

function rowsOf(date: string, { actions }: CountedDay): SummaryDay[] {
  return [...actions].map(([action, counted]) => ({ date, action, ...figuresOf(counted) }));
}
