import type { KeysStore } from '@weir/dynamodb/keys';
import { findRemovals } from '@weir/keys';
import { type Problem, problem } from '../http/answers/problem.ts';
import { BOOTSTRAP, type Principal } from '../http/callers/principal.ts';
import { MAX_KEY_MAKERS } from './limits.ts';

/** The makers of a new key that `principal` makes, the first one first. */
export interface Makers {
  readonly kind: 'makers';
  readonly makers: readonly string[];
}

const TOO_FAR = problem(
  'forbidden',
  `use one of the keys that it descends from: it has ${MAX_KEY_MAKERS} of them, and a key with so many cannot make keys`,
);

/**
 * Reads the makers from the record of the key that makes the new one; they never change. API Gateway may admit a removed
 * key for one more minute, and a key made then would stay.
 */
export async function findMakers(store: KeysStore, { keyId }: Principal): Promise<Makers | Problem> {
  if (keyId === BOOTSTRAP.keyId) return { kind: 'makers', makers: [] };
  const maker = await store.find(keyId);
  if (maker === undefined || (await findRemovals(store, [maker])).has(keyId)) {
    const headers = { 'www-authenticate': 'Bearer realm="weir", error="invalid_token"' };
    return problem('unauthorized', 'the key was removed', { headers });
  }
  if (maker.makers.length >= MAX_KEY_MAKERS) return TOO_FAR;
  return { kind: 'makers', makers: [...maker.makers, keyId] };
}
