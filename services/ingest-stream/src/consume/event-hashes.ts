import { createHmac } from 'node:crypto';
import { hash64 } from '@weir/aggregates';
import type { HashSecret } from '@weir/dynamodb';

/** Writes the hash of an event's action and id, which identify it, into `out`: 64 bits, the high word first. */
export type HashEvent = (action: string, id: string, out: Uint32Array) => void;

/** Makes the hashes by which a stage's logs know their counted events. */
export interface EventHashes {
  /** The first call reads the stage's secret. */
  open(): Promise<HashEvent>;
}

/** A faulty producer may send new names without end. So not all seeds are remembered. */
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
 * Hashes ids with a seed for each action, so that the same id in two actions means two events. The seeds are made with
 * the secret, because the hash of ids is fast and not cryptographic: a producer that knew the seeds could make an id
 * with the same hash as another action's event, and that event would not be counted.
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
