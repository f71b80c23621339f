import { decodeLogEntry, hash64 } from '@weir/aggregates';
import { IdWindow } from '@weir/ingest-stream/src/consume/id-window.ts';
import { memoryInUse } from '../measure/memory.ts';
import { createWindowEntries } from './window-entries.ts';

const SECONDS = 3600;
const START = 1_764_000_000;
const LOOKUPS = 200_000;

/** One way to hold a window of ids. CPU times are of this process, which does nothing else. */
export interface WindowMeasure {
  readonly name: string;
  /** Memory held when full. */
  readonly megabytes: number;
  /** CPU to fill it: the window decodes the log's entries; the others get the ids as strings, at no cost. */
  readonly startUpMs: number;
  /** CPU to look up one id, given as a string; half of the ids are held. */
  readonly lookUpNs: number;
}

export interface WindowReport {
  readonly ids: number;
  /** The entries that a cold start reads for the ids. */
  readonly entryMegabytes: number;
  readonly measures: readonly WindowMeasure[];
}

interface Candidate {
  readonly name: string;
  /** CPU to make the strings, in microseconds. It is subtracted from the CPU of the fill. */
  readonly givenCpu: number;
  readonly fill: () => { has: (id: string) => boolean; held: unknown };
}

/** Memory and start-up of the id window, compared with a Set and a Map of the ids. */
export function measureWindow({ ids = 3_600_000 } = {}): WindowReport {
  const entries = createWindowEntries({ ids, seconds: SECONDS, start: START });
  const givenCpu = cpuOfIds(ids);
  const measures = [windowOf(entries, ids), setOf(ids, givenCpu), mapOf(ids, givenCpu)].map(measured);
  const bytes = entries.reduce((sum, entry) => sum + entry.length, 0);
  return { ids, entryMegabytes: bytes / 1e6, measures };
}

function windowOf(entries: readonly Uint8Array[], ids: number): Candidate {
  const hash = new Uint32Array(2);
  const fill = () => {
    const window = new IdWindow(SECONDS);
    for (const entry of entries) load(window, entry);
    if (window.size < ids * 0.999) throw new Error(`the window holds ${window.size} of ${ids} ids`);
    const has = (id: string) => {
      hash64(id, hash);
      return window.find(hash[0] as number, hash[1] as number) >= 0;
    };
    return { has, held: window };
  };
  return { name: 'id window, from log entries', givenCpu: 0, fill };
}

function load(window: IdWindow, entry: Uint8Array): void {
  const { hashes, arrivals, size } = decodeLogEntry(entry).ids;
  for (let i = 0; i < size; i++) {
    window.add(hashes[2 * i] as number, hashes[2 * i + 1] as number, arrivals[i] as number);
  }
}

function setOf(ids: number, givenCpu: number): Candidate {
  const fill = () => {
    const held = new Set<string>();
    for (let i = 0; i < ids; i++) held.add(idOf(i));
    return { has: (id: string) => held.has(id), held };
  };
  return { name: 'Set of ids (no arrivals)', givenCpu, fill };
}

function mapOf(ids: number, givenCpu: number): Candidate {
  const fill = () => {
    const held = new Map<string, number>();
    for (let i = 0; i < ids; i++) held.set(idOf(i), START + Math.floor((i * SECONDS) / ids));
    return { has: (id: string) => held.has(id), held };
  };
  return { name: 'Map of ids to arrivals', givenCpu, fill };
}

function measured({ name, givenCpu, fill }: Candidate): WindowMeasure {
  const before = memoryInUse();
  const fillStart = process.cpuUsage();
  const { has, held } = fill();
  const startUpMs = (cpuSince(fillStart) - givenCpu) / 1000;
  const megabytes = (memoryInUse() - before) / 1e6;
  const asked = Array.from({ length: LOOKUPS }, (_, i) => idOf(i * 31));
  const lookUpStart = process.cpuUsage();
  let found = 0;
  for (const id of asked) if (has(id)) found++;
  const lookUpNs = (cpuSince(lookUpStart) * 1000) / LOOKUPS;
  if (found > LOOKUPS || held === undefined) throw new Error('unreachable, and keeps what is measured alive');
  return { name, megabytes, startUpMs, lookUpNs };
}

function cpuOfIds(ids: number): number {
  const start = process.cpuUsage();
  let length = 0;
  for (let i = 0; i < ids; i++) length += idOf(i).length;
  if (length !== ids * 36) throw new Error('an id is a UUID');
  return cpuSince(start);
}

/** UUIDs, as most ids are. They are not random: the same number gives the same id. */
function idOf(i: number): string {
  const spread = (Math.imul(i, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
  // JSON.parse gives flat strings, as the consumer gets them; concatenation would give trees of pieces.
  return JSON.parse(`"018f3a7c-${spread.slice(0, 4)}-7${spread.slice(1, 4)}-8000-${i.toString(16).padStart(12, '0')}"`);
}

function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return user + system;
}
