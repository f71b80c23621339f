import { ActivityBuilder, type Delta, DeltaBuilder, type LogEntry, OTHER_ACTION } from '@weir/aggregates';
import type { Decoded, DecodedEvent, Position, Refusal } from '@weir/events';
import { ArchiveLines, quarantineLine } from '../archive/archive-lines.ts';
import type { HashEvent } from './event-hashes.ts';
import type { IdWindow } from './id-window.ts';
import { IdsAhead } from './ids-ahead.ts';

/** DynamoDB's limit for an item is 400 KB; the rest is for keys and for the header. */
const MAX_ENTRY_BYTES = 340 * 1024;
/**
 * Quarantine lines of one entry, in characters. A batch of tiny broken lines makes hundreds of megabytes of them, too
 * much to hold, join and compress at once.
 */
const MAX_QUARANTINE_CHARACTERS = 16 * 1024 * 1024;
/** A hash and, at most, an arrival of its own. */
const MAX_ID_BYTES = 14;
const HOUR_MS = 3_600_000;

export interface PlanContext {
  readonly shardId: string;
  /** The end of the log before this entry. */
  readonly from: Position | undefined;
  readonly window: IdWindow;
  readonly windowSeconds: number;
  /** Takes the event's own action, not the name under which it is counted. */
  readonly hashEvent: HashEvent;
  /** The name under which an action is counted. */
  readonly nameFor: (action: string) => string;
  /** Whether entries hold each user's activity. */
  readonly userActivity: boolean;
}

/** The next entry, and the lines of its archive and quarantine objects. */
export interface EntryPlan {
  readonly content: Omit<LogEntry, 'appendedAt' | 'archive' | 'quarantine'>;
  readonly archiveLines: ArchiveLines;
  readonly quarantineLines: readonly string[];
  /** The number of items that it covers. */
  readonly taken: number;
  /**
   * The ids that were in the window, but too old to make a duplicate: each by its index in the entry's ids, with the
   * arrival that the window held (epoch seconds).
   */
  readonly replaced: ReadonlyMap<number, number>;
}

/**
 * Decides the outcome of each item, from the first on, until the entry is full. An entry never spans two hours of
 * arrival. Its counted ids go into the window at once; if the entry is not appended, `forgetIds` removes them.
 */
export function planEntry(items: readonly Decoded[], context: PlanContext): EntryPlan {
  const draft = new EntryDraft(items, context);
  const hour = hourOf(items[0]);
  let taken = 0;
  for (const item of items) {
    if (hourOf(item) !== hour || draft.isFull) break;
    if (item.kind === 'refusal') draft.refuse(item);
    else draft.take(item);
    taken++;
  }
  return draft.finish(taken);
}

/**
 * Restores the window as it was before an entry that was not appended. The entry's items are then planned again, and an
 * arrival that a late copy replaced may make an earlier copy a duplicate. Goes backwards, as the entry may have counted
 * one id twice.
 */
export function forgetIds(window: IdWindow, { content: { ids }, replaced }: EntryPlan): void {
  for (let i = ids.size - 1; i >= 0; i--) {
    const high = ids.hashes[2 * i] ?? 0;
    const low = ids.hashes[2 * i + 1] ?? 0;
    window.remove(high, low);
    const before = replaced.get(i);
    if (before !== undefined) window.add(high, low, before);
  }
}

class EntryDraft {
  readonly #context: PlanContext;
  readonly #builder = new DeltaBuilder();
  readonly #activity: ActivityBuilder | undefined;
  readonly #outcomes = { counted: 0, duplicate: 0, other: 0, refused: 0 };
  readonly #archiveLines: ArchiveLines;
  readonly #quarantineLines: string[] = [];
  readonly #hashes: IdsAhead;
  readonly #counted: Uint32Array;
  readonly #arrivals: Uint32Array;
  readonly #replaced = new Map<number, number>();
  #ids = 0;
  #quarantineCharacters = 0;
  #last: Decoded | undefined;
  #firstArrival = Number.POSITIVE_INFINITY;
  #lastArrival = Number.NEGATIVE_INFINITY;

  constructor(items: readonly Decoded[], context: PlanContext) {
    this.#context = context;
    this.#activity = context.userActivity ? new ActivityBuilder() : undefined;
    this.#archiveLines = new ArchiveLines(context.shardId, items);
    this.#hashes = new IdsAhead(items, context.window, context.hashEvent);
    this.#counted = new Uint32Array(2 * items.length);
    this.#arrivals = new Uint32Array(items.length);
  }

  get isFull(): boolean {
    const activityBytes = this.#activity?.maxBytes ?? 0;
    return (
      this.#builder.maxBytes + activityBytes + this.#ids * MAX_ID_BYTES > MAX_ENTRY_BYTES ||
      this.#quarantineCharacters > MAX_QUARANTINE_CHARACTERS
    );
  }

  refuse(item: Refusal): void {
    const line = quarantineLine(this.#context.shardId, item);
    this.#quarantineLines.push(line);
    this.#quarantineCharacters += line.length;
    this.#outcomes.refused++;
    this.#archiveLines.skip();
    this.#cover(item);
  }

  take(event: DecodedEvent): void {
    const outcome = this.#count(event);
    this.#outcomes[outcome]++;
    this.#archiveLines.add(outcome);
    this.#cover(event);
  }

  #count(event: DecodedEvent): 'counted' | 'duplicate' | 'other' {
    if (event.id !== undefined && !this.#claim(Math.floor(event.arrival / 1000))) return 'duplicate';
    const name = this.#context.nameFor(event.action);
    this.#builder.add(name, event.timestamp, event.value, event.userId);
    this.#activity?.add(name, event.timestamp, event.value, event.userId);
    return name === OTHER_ACTION ? 'other' : 'counted';
  }

  /** Takes the next id: false if a copy was counted that arrived before this one by the window or less. */
  #claim(arrival: number): boolean {
    const { window, windowSeconds } = this.#context;
    this.#hashes.next();
    const { high, low } = this.#hashes;
    const counted = window.find(high, low);
    if (counted >= 0 && arrival - counted <= windowSeconds) return false;
    if (counted >= 0) this.#replaced.set(this.#ids, counted);
    window.add(high, low, arrival);
    this.#counted[2 * this.#ids] = high;
    this.#counted[2 * this.#ids + 1] = low;
    this.#arrivals[this.#ids++] = arrival;
    return true;
  }

  #cover(item: Decoded): void {
    const { arrival } = item;
    this.#last = item;
    if (arrival < this.#firstArrival) this.#firstArrival = arrival;
    if (arrival > this.#lastArrival) this.#lastArrival = arrival;
  }

  finish(taken: number): EntryPlan {
    const last = this.#last;
    if (last === undefined) throw new Error('an entry covers at least one item');
    const size = this.#ids;
    const delta: Delta = this.#builder.build();
    return {
      content: {
        from: this.#context.from,
        to: { sequenceNumber: last.sequenceNumber, index: last.index },
        firstArrival: this.#firstArrival,
        lastArrival: this.#lastArrival,
        outcomes: this.#outcomes,
        delta,
        activity: this.#activity?.build(),
        ids: { size, hashes: this.#counted.subarray(0, 2 * size), arrivals: this.#arrivals.subarray(0, size) },
      },
      archiveLines: this.#archiveLines,
      quarantineLines: this.#quarantineLines,
      taken,
      replaced: this.#replaced,
    };
  }
}

function hourOf(item: Decoded | undefined): number {
  return Math.floor((item?.arrival ?? 0) / HOUR_MS);
}
