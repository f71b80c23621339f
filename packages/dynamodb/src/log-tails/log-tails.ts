import type { LogItem, LogStore, ProgressStore, StoredEntry } from '../metrics-store/metrics-store.ts';
import { shareRuns } from './share-runs.ts';

/** A reader that slept longer than this forgets what it kept: entries may have expired in the meantime. */
const MAX_SLEEP_MS = 900_000;
/** Bodies of folded entries that are kept for each log: with them, kept rows stay valid after a fold. */
const KEPT_FOLDED_BYTES = 4 * 1024 * 1024;
/** What was read of the progress stays true, and is written each minute: so not each query asks for it. */
const PROGRESS_KEPT_MS = 15_000;

/** An entry in a tail. */
export type TailEntry = Pick<StoredEntry, 'number' | 'entry' | 'bytes'>;

/** What a reader holds of one log: every entry past `base`. */
export interface Tail {
  readonly item: LogItem;
  /** Entries up to and including this one are not held: the rows must have them. */
  readonly base: number;
  readonly entries: readonly TailEntry[];
}

/** The newest entries of every log, kept between queries. */
export interface LogTails {
  /** Reads what is new, the logs' items first. */
  refresh(): Promise<RefreshedTails>;
}

export interface RefreshedTails {
  readonly tails: readonly Tail[];
  /** Nothing that was kept before may be used. */
  readonly forgotten: boolean;
  /** The tails hold everything that arrived before this time (epoch milliseconds); undefined if nobody has written it. */
  readonly closedUpTo: number | undefined;
}

/** What it reads: queries, each of them. */
export type TailStore = Pick<LogStore, 'list' | 'readAfter'>;

export interface LogTailsDeps {
  readonly store: TailStore;
  /** Read before the logs, where a reader needs to know how far they reach. */
  readonly progress?: Pick<ProgressStore, 'readProgress'>;
  readonly now: () => number;
}

/**
 * Keeps the tails of all logs. It reads the items at each refresh. A log that was not known, or a watermark past what
 * is held, means that rows have taken entries which this reader never saw.
 */
export function createLogTails({ store, progress, now }: LogTailsDeps): LogTails {
  let kept = new Map<string, Tail>();
  let usedAt = Number.NEGATIVE_INFINITY;
  let closedUpTo: number | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function refresh(): Promise<RefreshedTails> {
    const startedAt = now();
    if (progress && Math.abs(startedAt - askedAt) >= PROGRESS_KEPT_MS) {
      closedUpTo = (await progress.readProgress())?.closedUpTo;
      askedAt = startedAt;
    }
    const items = await store.list();
    const forgotten = startedAt - usedAt > MAX_SLEEP_MS || items.some(({ logId }) => !kept.has(logId));
    const before = forgotten ? new Map<string, Tail>() : kept;
    const tails = await Promise.all(items.map((item) => extend(store, before.get(item.logId), item)));
    kept = new Map(tails.map((tail) => [tail.item.logId, tail]));
    usedAt = startedAt;
    return { tails, forgotten, closedUpTo };
  }

  // Queries that come at once would each read and decode the same entries.
  return { refresh: shareRuns(refresh) };
}

async function extend(store: TailStore, before: Tail | undefined, item: LogItem): Promise<Tail> {
  const held = before && headOf(before) >= item.watermark.number ? before : undefined;
  const base = held?.base ?? item.watermark.number;
  const fresh = await store.readAfter(item.logId, held ? headOf(held) : base);
  return withoutOldest({ item, base, entries: [...(held?.entries ?? []), ...fresh.map(decoded)] });
}

function headOf({ base, entries }: Tail): number {
  return entries.at(-1)?.number ?? base;
}

/** Decodes the entry now: one that cannot be decoded fails the refresh, not a query that comes to it later. */
function decoded({ number, entry, bytes }: StoredEntry): TailEntry {
  return { number, entry, bytes };
}

/** Drops folded entries past the limit, oldest first. */
function withoutOldest({ item, base, entries }: Tail): Tail {
  let bytes = 0;
  for (const entry of entries) if (entry.number <= item.watermark.number) bytes += entry.bytes;
  let dropped = 0;
  while (bytes > KEPT_FOLDED_BYTES) bytes -= entries[dropped++]?.bytes ?? bytes;
  return { item, base: dropped > 0 ? (entries[dropped - 1]?.number ?? base) : base, entries: entries.slice(dropped) };
}
