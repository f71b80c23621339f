import type { ProducedEvent } from './virtual-stream.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, WINDOW_SECONDS, type World } from './world.ts';

/** Few, so that events often share one. */
export const USERS = ['u0', 'u1', 'u2', 'u3', 'u4', 'u5'];
const ACTIONS = ['a', 'b', 'c', 'd', 'e', 'f'];
/** A copy that is sent within this time is inside the window, whatever the arrivals of the records. */
const SOON_MS = WINDOW_SECONDS * 900;
/** A copy of this age is inside the window or outside. */
const AROUND_MS = WINDOW_SECONDS * 2000;
/** Events whose ids other events may take. Few, so that this happens while the ids are in the window. */
const RECENT = 4;

/**
 * Sends events as producers do: alone, in arrays, in lines, in aggregates by an old map of shards, broken, and again.
 */
export class VirtualProducer {
  readonly #world: World;
  readonly #sent: { readonly at: number; readonly event: ProducedEvent }[] = [];
  #misplaced: ProducedEvent[] = [];
  #events = 0;

  constructor(world: World) {
    this.#world = world;
  }

  produce(): void {
    const { random } = this.#world;
    const choice = random.next();
    if (this.#misplaced.length > 0 && choice < 0.4) this.resendMisplaced();
    else if (choice < 0.35) this.#sendAgain();
    else if (choice < 0.45) this.#sendAggregate();
    else if (choice < 0.55) this.#sendSeveral();
    else if (choice < 0.58) this.#sendBroken(`broken ${choice}`);
    else this.#sendOne(this.#newEvent(random.chance(0.85)));
  }

  /** The KPL sends again, one by one, the events that it put into the wrong shard. False if none is left. */
  resendMisplaced(): boolean {
    const event = this.#misplaced.shift();
    if (event) this.#sendOne(event);
    return event !== undefined;
  }

  #sendOne(event: ProducedEvent): void {
    const { stream, now } = this.#world;
    stream.put({ partitionKey: event.id ?? `none ${event.eid}`, arrival: now, events: [event] }, JSON.stringify(event));
    if (event.id !== undefined) this.#sent.push({ at: now, event });
  }

  #sendBroken(partitionKey: string): void {
    const { stream, now } = this.#world;
    stream.put({ partitionKey, arrival: now, events: [undefined] }, 'no event');
  }

  #sendAgain(): void {
    const { random, now } = this.#world;
    const mostAge = random.pick([SOON_MS, AROUND_MS, Number.POSITIVE_INFINITY]);
    const copies = this.#sent.filter(({ at }) => now - at < mostAge);
    if (copies.length > 0) this.#sendOne(random.pick(copies.slice(-random.between(1, 12))).event);
  }

  #sendSeveral(): void {
    const { random, stream, now } = this.#world;
    const events = Array.from({ length: random.between(2, 4) }, () =>
      random.chance(0.9) ? this.#newEvent(false) : undefined,
    );
    const texts = events.map((event) => (event ? JSON.stringify(event) : '{"action":"__x"}'));
    const text = random.chance(0.5) ? `[${texts.join(',')}]` : texts.join('\n');
    stream.put({ partitionKey: `several ${this.#events}`, arrival: now, events }, text);
  }

  #sendAggregate(): void {
    const { random, stream, now } = this.#world;
    const events = Array.from({ length: random.between(1, 3) }, () => this.#newEvent(true));
    const [first] = events;
    if (!first) return;
    this.#misplaced.push(...stream.putAggregate(first.id ?? '', now, events));
  }

  /** A new id, or an earlier event's. With the same action as that event, the new event is its copy. */
  #anId(eid: number): string {
    const { random } = this.#world;
    const before = this.#sent.slice(-RECENT);
    const used = before.length > 0 && random.chance(0.25) ? random.pick(before).event.id : undefined;
    return used ?? `id-${eid}`;
  }

  #newEvent(hasId: boolean): ProducedEvent {
    const { random, now } = this.#world;
    const eid = this.#events++;
    const age = random.chance(0.8)
      ? random.between(0, MINUTE_MS)
      : random.between(0, random.pick([3 * HOUR_MS, 2 * DAY_MS]));
    return {
      eid,
      ...(hasId && { id: this.#anId(eid) }),
      action: random.pick(random.chance(0.8) ? ACTIONS.slice(0, 4) : ACTIONS),
      timestamp: now - age,
      value: random.between(1, 9),
      userId: random.pick(USERS),
    };
  }
}
