import type { LogEntry } from '@weir/aggregates';
import type { StoredEntry, Watermark } from '@weir/dynamodb';
import type { Position } from '@weir/events';
import { MOST_USER_ROWS, type UnfoldedLog } from '../fold/fold-due.ts';
import type { FoldProgress } from '../fold/fold-log.ts';
import { UserRows } from '../fold/user-rows.ts';
import { IdWindow } from './id-window.ts';
import type { StreamShard } from './stream-topology.ts';

/** The last entry of a log: where the next one begins. */
export interface Head {
  /** -1 before the first entry. */
  readonly number: number;
  readonly position: Position | undefined;
}

/** An entry that no row is known to hold yet. */
interface Unfolded {
  readonly number: number;
  readonly bytes: number;
  readonly appendedAt: number;
}

/** What an instance keeps of a shard between batches. The log is the truth; this is a copy of its end. */
export class ShardMemory {
  readonly shard: StreamShard;
  readonly window: IdWindow;
  head: Head = { number: -1, position: undefined };
  touchedAt: number;
  foldProgress: FoldProgress | undefined;
  #unfolded: Unfolded[] = [];
  #rows = new Set<string>();
  /** More need not be told apart: a fold is due by then. */
  readonly #userRows = new UserRows(MOST_USER_ROWS);

  constructor(shard: StreamShard, { windowSeconds, now }: { windowSeconds: number; now: number }) {
    this.shard = shard;
    this.window = new IdWindow(windowSeconds);
    this.touchedAt = now;
  }

  /** Takes over an entry past the head, whoever wrote it: its range and its ids. */
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

  /** Lets go of what a watermark says is in the rows. */
  folded({ number }: Pick<Watermark, 'number'>): void {
    this.#unfolded = this.#unfolded.filter((entry) => entry.number > number);
    this.#rows.clear();
    this.#userRows.clear();
  }

  /** What a fold would take. `since` is when the oldest was appended, epoch milliseconds. */
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
