import { existsSync, readdirSync } from 'node:fs';
import { readJson, writeJson } from '../data-dir/json-store.ts';

/** One loading of the sample: the same tag and time make the same events again. */
export interface SampleLoad {
  readonly tag: string;
  /** Epoch milliseconds. */
  readonly lastDeparture: number;
  readonly complete: boolean;
}

/** Well inside the hour in which the second copy of an event is recognised. */
const RESUMABLE_FOR_MS = 50 * 60_000;

/** What to do about the sample, as far as the files tell. */
export type SamplePlan =
  | { readonly outcome: 'load'; readonly load: SampleLoad }
  /** A loading was interrupted: sending all of it again counts only the events that were not counted yet. */
  | { readonly outcome: 'resume'; readonly load: SampleLoad }
  /** A loading was interrupted too long ago: its events would no longer be recognised. */
  | { readonly outcome: 'cut-off' }
  /** There is a store: only the API knows whether anything was counted in it. */
  | { readonly outcome: 'ask' }
  | { readonly outcome: 'loaded' };

/** Decides from the file that a loading leaves behind, and from whether there is a store at all. */
export function planSample(file: string, storeExists: boolean, now: number): SamplePlan {
  const left = readJson(file) as SampleLoad | undefined;
  if (left === undefined) return storeExists ? { outcome: 'ask' } : { outcome: 'load', load: newLoad(now) };
  if (left.complete) return { outcome: 'loaded' };
  return now - left.lastDeparture < RESUMABLE_FOR_MS ? { outcome: 'resume', load: left } : { outcome: 'cut-off' };
}

/** A loading that begins now. */
export function newLoad(now: number): SampleLoad {
  return { tag: `sample-${now.toString(36)}`, lastDeparture: now, complete: false };
}

/** Records how far a loading came. */
export function rememberLoad(file: string, load: SampleLoad): void {
  writeJson(file, load);
}

/** Whether an earlier run kept anything in the folder. */
export function storeExists(dataDir: string): boolean {
  return existsSync(dataDir) && readdirSync(dataDir).length > 0;
}
