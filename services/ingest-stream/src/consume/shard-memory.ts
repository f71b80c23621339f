import type { LogEntry } from '@weir/aggregates';
import type { StoredEntry, Watermark } from '@weir/dynamodb';
import type { Position } from '@weir/events';
import { MOST_USER_ROWS, type UnfoldedLog } from '../fold/fold-due.ts';
import type { FoldProgress } from '../fold/fold-log.ts';
import { UserRows } from '../fold/user-rows.ts';
import { IdWindow } from './id-window.ts';
import type { StreamShard } from './stream-topology.ts';

/** The last entry of a log: the next one begins at its end. */
export interface Head {
  /** -1 before the first entry. */
  readonly number: number;
  readonly position: Position | undefined;
}

/** An entry that may not be folded yet. */
interface Unfolded {
  readonly number: number;
  readonly bytes: number;
  readonly appendedAt: number;
}

/** The memory of a shard in an instance, between batches. The log is the truth; this is a copy of its end. */
export class ShardMemory {
  readonly shard: StreamShard;
  readonly window: IdWindow;
  head: Head = { number: -1, position: undefined };
  touchedAt: number;
  foldProgress: FoldProgress | undefined;
  #unfolded: Unfolded[] = [];
  #rows = new Set<string>();
  /** Counts no further: a fold is due by then. */
  readonly #userRows = new UserRows(MOST_USER_ROWS);

  constructor(shard: StreamShard, { windowSeconds, now }: { windowSeconds: number; now: number }) {
    this.shard = shard;
    this.window = new IdWindow(windowSeconds);
    this.touchedAt = now;
  }

  /** Takes the range and the ids of an entry after the head, whichever instance wrote it. */
  follow({ number, entry, bytes }: StoredEntry): void {
    this.learnIds(entry);
    this.advance(number, entry, bytes);
  }

  advance(number: number, entry: LogEntry, bytes: number): void {
    this.head = { number, position: entry.to };
    this.noteUnfolded(number, entry, bytes);
  }

  learnIds({ ids }: LogEntry): void {
    for (let i = 0; i < ids.size; i++) {
      this.window.add(ids.hashes[2 * i] ?? 0, ids.hashes[2 * i + 1] ?? 0, ids.arrivals[i] ?? 0);
    }
  }

  noteUnfolded(number: number, { delta, activity, appendedAt }: LogEntry, bytes: number): void {
    this.#unfolded.push({ number, bytes, appendedAt });
    for (const [action, { hours }] of delta) for (const hour of hours.keys()) this.#rows.add(`${action}/${hour}`);
    this.#userRows.add(activity);
  }

  /** Forgets the entries up to a watermark: the rows hold them. */
  folded({ number }: Pick<Watermark, 'number'>): void {
    const left = this.#unfolded.filter((entry) => entry.number > number);
    if (left.length === this.#unfolded.length) return;
    this.#unfolded = left;
    this.#rows.clear();
    this.#userRows.clear();
  }

  /** The log that waits to be folded. `since` is when its oldest entry was appended, in epoch milliseconds. */
  get unfolded(): UnfoldedLog {
    let bytes = 0;
    let since: number | undefined;
    for (const entry of this.#unfolded) {
      bytes += entry.bytes;
      since = Math.min(since ?? entry.appendedAt, entry.appendedAt);
    }
    return { bytes, since, rows: this.#rows.size, userRows: this.#userRows.size };
  }
}
