import { ActivityBuilder, type Delta, DeltaBuilder, type LogEntry } from '@weir/aggregates';
import type { Decoded, DecodedEvent, Position, Refusal } from '@weir/events';
import { ArchiveLines, quarantineLine } from '../archive/archive-lines.ts';
import { OTHER_ACTION } from './admit-actions.ts';
import type { HashEvent } from './event-hashes.ts';
import type { IdWindow } from './id-window.ts';
import { IdsAhead } from './ids-ahead.ts';

/** An item of the table may have 400 KB; the rest is for keys and for the header. */
const MAX_ENTRY_BYTES = 340 * 1024;
/**
 * Quarantine lines in one entry, in characters: a batch of tiny broken lines makes hundreds of megabytes of them, which
 * must not all be held, joined and packed at once.
 */
const MAX_QUARANTINE_CHARACTERS = 16 * 1024 * 1024;
/** A hash and, at worst, its own run of arrival. */
const MAX_ID_BYTES = 14;
const HOUR_MS = 3_600_000;

export interface PlanContext {
  readonly shardId: string;
  /** End of the log so far. */
  readonly from: Position | undefined;
  readonly window: IdWindow;
  readonly windowSeconds: number;
  /** Of the event's own action, whatever name it is counted under. */
  readonly hashEvent: HashEvent;
  /** The name an action is counted under. */
  readonly nameFor: (action: string) => string;
  /** Whether entries carry what each user did. */
  readonly userActivity: boolean;
}

/** What the next entry adds, and the lines of its archive and quarantine objects. */
export interface EntryPlan {
  readonly content: Omit<LogEntry, 'appendedAt' | 'archive' | 'quarantine'>;
  readonly archiveLines: ArchiveLines;
  readonly quarantineLines: readonly string[];
  /** How many of the items it covers. */
  readonly taken: number;
  /** For an id that was in the window, too old to matter: its place in the entry's ids, and the arrival it had (epoch seconds). */
  readonly replaced: ReadonlyMap<number, number>;
}

/**
 * Decides what happens to each item from the first one on, up to what one entry may hold; an entry never spans an hour
 * of arrival. The ids it counts stand in the window at once: `forgetIds` takes them out when the entry is not appended.
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
 * Makes the window what it was before an entry that was not appended. Its items are planned once more, and what a late
 * copy had replaced may make an earlier copy a duplicate. Backwards, as one id may have been counted twice.
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

  /** Of the next id: false when a copy was counted that arrived at most the window before this one. */
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
