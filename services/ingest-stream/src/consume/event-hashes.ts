import { createHmac } from 'node:crypto';
import { hash64 } from '@weir/aggregates';
import type { HashSecret } from '@weir/dynamodb';

/** Writes the hash of what an event is known by, its action and its id, into `out`: 64 bits, the high word first. */
export type HashEvent = (action: string, id: string, out: Uint32Array) => void;

/** The hashes under which a stage's logs hold the events that were counted. */
export interface EventHashes {
  /** Asks for the stage's secret the first time. */
  open(): Promise<HashEvent>;
}

/** A careless producer may send names without end: not all their seeds need be remembered. */
const MAX_SEEDS = 4096;

export function createEventHashes({
  secrets,
  newSecret,
}: {
  secrets: HashSecret;
  newSecret: () => string;
}): EventHashes {
  let hashEvent: HashEvent | undefined;
  return {
    async open() {
      hashEvent ??= createHashEvent(await secrets.keepSecret(newSecret()));
      return hashEvent;
    },
  };
}

/**
 * Hashes ids under a seed of their action, so that an id is another event's in each action. The seeds are made with the
 * secret, as the hash of ids is fast and not cryptographic: who knew the seeds could make up an id whose hash is that of
 * another action's event, and so keep that from being counted.
 */
export function createHashEvent(secret: string): HashEvent {
  let seeds = new Map<string, Uint32Array>();
  let lastAction: string | undefined;
  let lastSeed: Uint32Array = new Uint32Array(2);

  function seedOf(action: string): Uint32Array {
    const known = seeds.get(action);
    if (known) return known;
    const mac = createHmac('sha256', secret).update(action).digest();
    const seed = Uint32Array.of(mac.readUInt32BE(0), mac.readUInt32BE(4));
    if (seeds.size >= MAX_SEEDS) seeds = new Map();
    seeds.set(action, seed);
    return seed;
  }

  return (action, id, out) => {
    if (action !== lastAction) {
      lastSeed = seedOf(action);
      lastAction = action;
    }
    hash64(id, out, lastSeed);
  };
}
