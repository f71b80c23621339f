import { buffer } from 'node:stream/consumers';
import { compressed, decompress, digestOf, hourPrefix, type ObjectStore, objectKey, runObjectKey } from '@weir/archive';
import {
  type ArchiveRun,
  type ArchiveRuns,
  type LogStore,
  oneByOne,
  runsBackTo,
  type StoredEntry,
} from '@weir/dynamodb';

const HOUR_MS = 3_600_000;
/** An hour is closed this long after its end. Entries that are appended still later become an object of their own. */
const CLOSE_AFTER_MS = 600_000;
/** Every attempt to append ends sooner than this. An object this old that no entry names will never be named. */
const ORPHAN_AGE_MS = HOUR_MS;
/** The time from the end of an hour until its orphans are removed. */
const SWEEP_AFTER_MS = 2 * HOUR_MS;
/** Log that one read takes. */
const PAGE_BYTES = 8 * 1024 * 1024;
/** Small objects that are fetched ahead of the one that is written. An hour has up to some thousands. */
const OBJECTS_AHEAD = 16;

export interface RewriteDeps {
  readonly store: LogStore & ArchiveRuns;
  readonly objects: ObjectStore;
  readonly now: () => number;
}

/** Rewrites each closed hour of a log's archive into one object, removes the small ones, and returns how many hours. */
export async function rewriteClosedHours(deps: RewriteDeps, logId: string, deadline: number): Promise<number> {
  let rewritten = 0;
  while (deps.now() < deadline) {
    const [newest] = await deps.store.newestRuns(logId, 1);
    const entries = await closedRun(deps, logId, newest?.to ?? -1);
    if (entries.length === 0) break;
    await rewriteRun(deps, logId, entries);
    rewritten++;
  }
  return rewritten;
}

/** The fields of an entry that its archive object needs. */
interface ArchivedEntry {
  readonly number: number;
  readonly arrival: number;
  readonly digest: string | undefined;
}

/** The next entries after `after` that share one hour of arrival; none until that hour is closed. */
async function closedRun({ store, now }: RewriteDeps, logId: string, after: number): Promise<ArchivedEntry[]> {
  const first = await nextEntry(store, logId, after);
  if (!first || now() < endOf(hourOf(first)) + CLOSE_AFTER_MS) return [];
  const run: ArchivedEntry[] = [];
  for (let last = after; ; ) {
    const page = Array.from(oneByOne(await store.readAfter(logId, last, { maxBytes: PAGE_BYTES })), archivedEntry);
    for (const entry of page) {
      if (hourOf(entry) !== hourOf(first)) return run;
      run.push(entry);
      last = entry.number;
    }
    if (page.length === 0) return run;
  }
}

/**
 * The entry after `after`, if there is one. Throws if entries in between have expired: they were not rewritten, and
 * their objects must not be removed as orphans. If no entry is left, the watermark shows whether any expired. It is
 * read first, as it only rises.
 */
async function nextEntry(store: LogStore, logId: string, after: number): Promise<ArchivedEntry | undefined> {
  const folded = (await store.find(logId))?.watermark.number ?? -1;
  const [next] = (await store.readAfter(logId, after, { maxEntries: 1 })).map(archivedEntry);
  const expired = (next ? next.number - 1 : folded) - after;
  if (expired <= 0) return next;
  throw new Error(`entries ${after + 1} to ${after + expired} of ${logId} expired before their hour was rewritten`);
}

function archivedEntry({ number, entry }: StoredEntry): ArchivedEntry {
  const { firstArrival, archive } = entry;
  return { number, arrival: firstArrival, digest: archive };
}

function hourOf({ arrival }: ArchivedEntry): number {
  return Math.floor(arrival / HOUR_MS);
}

function endOf(hour: number): number {
  return (hour + 1) * HOUR_MS;
}

/** The same entries always make the same object. So a rewrite that stopped half-way is done again. */
async function rewriteRun(deps: RewriteDeps, logId: string, entries: readonly ArchivedEntry[]): Promise<void> {
  const { store, objects } = deps;
  const from = entries[0]?.number ?? 0;
  const to = entries.at(-1)?.number ?? from;
  const hour = Math.floor((entries[0]?.arrival ?? 0) / HOUR_MS);
  const keys = entries.flatMap((entry) => smallKey(logId, entry) ?? []);
  const digest = keys.length > 0 ? await writeOne(deps, keys, { logId, from, hour }) : '';
  const run: ArchiveRun = { logId, from, to, hour, digest, swept: false };
  if (await store.addRun(run)) await objects.remove(keys.filter((key) => key !== runObjectKey(run)));
}

function smallKey(logId: string, { number, arrival, digest }: ArchivedEntry): string | undefined {
  return digest === undefined ? undefined : objectKey({ area: 'events', logId, number, arrival, digest });
}

/** Streams the lines of small objects into one object, and returns the digest in its name. */
async function writeOne(
  { objects }: RewriteDeps,
  keys: readonly string[],
  { logId, from, hour }: Pick<ArchiveRun, 'logId' | 'from' | 'hour'>,
): Promise<string> {
  const sha256 = await objects.putHashed(compressed(linesOf(objects, keys)), (hash) =>
    objectKey({ area: 'events', logId, number: from, arrival: hour * HOUR_MS, digest: digestOf(hash) }),
  );
  return digestOf(sha256);
}

/** The lines of each object, in order. Meanwhile the next objects are fetched. */
async function* linesOf(objects: ObjectStore, keys: readonly string[]): AsyncIterable<Uint8Array> {
  const fetching = new Map<number, Promise<Uint8Array>>();
  for (const [i, key] of keys.entries()) {
    fetching.set(i, fetchBytes(objects, key));
    yield* await taken(fetching, i - OBJECTS_AHEAD);
  }
  for (const i of [...fetching.keys()]) yield* await taken(fetching, i);
}

/** The lines of one object that is being fetched; nothing if `i` is not. */
async function taken(fetching: Map<number, Promise<Uint8Array>>, i: number): Promise<Uint8Array[]> {
  const bytes = await fetching.get(i);
  fetching.delete(i);
  return bytes ? [decompress(bytes)] : [];
}

function fetchBytes(objects: ObjectStore, key: string): Promise<Uint8Array> {
  const bytes = objects.get(key).then(buffer);
  // The caller that awaits `bytes` gets the error. Without this handler, Node would report it as unhandled before that.
  bytes.catch(() => undefined);
  return bytes;
}

/**
 * Removes objects that no entry names, left by lost appends and crashes, from hours that closed long ago. Returns their
 * number. Removes nothing while a closed hour waits to be rewritten: entries name its objects, runs do not yet.
 */
export async function removeOrphans({ store, objects, now }: RewriteDeps, logId: string): Promise<number> {
  // An outage may leave any number of unswept runs. All runs before a swept one are swept: the oldest is swept first.
  const recent = await runsBackTo(store, logId, ({ swept }) => swept);
  const due = recent.filter(({ swept, hour }) => !swept && now() > endOf(hour) + SWEEP_AFTER_MS).reverse();
  if (due.length === 0) return 0;
  const next = await nextEntry(store, logId, recent[0]?.to ?? -1);
  if (next && now() >= endOf(hourOf(next)) + CLOSE_AFTER_MS) return 0;
  // An hour that is read late and slowly may have any number of runs. So all runs are read, not only the recent ones.
  const named = new Set((await store.newestRuns(logId, Number.MAX_SAFE_INTEGER)).map(runObjectKey));
  let removed = 0;
  for (const run of due) {
    const orphans: string[] = [];
    for await (const { key, lastModified } of objects.list(`${hourPrefix('events', run.hour)}${logId}-`)) {
      if (!named.has(key) && lastModified < now() - ORPHAN_AGE_MS) orphans.push(key);
    }
    await objects.remove(orphans);
    await store.markSwept(run);
    removed += orphans.length;
  }
  return removed;
}
