import { parseTimestamp } from '@weir/events';
import { createCheck } from '../http/check-value.ts';
import type { Principal } from '../http/principal.ts';
import { type Fault, type Problem, problem } from '../http/problem.ts';
import { readBody } from '../http/read-body.ts';
import type { ApiRequest } from '../http/request.ts';
import { SCOPES, type Scope } from '../http/scopes.ts';
import { MAX_KEY_BODY_BYTES } from '../limits.ts';

/** The body of `POST /v1/keys`. */
export const newKeySchema = {
  type: 'object',
  description: 'A key to make',
  properties: {
    name: {
      type: 'string',
      description: 'For people: who or what uses the key',
      maxLength: 100,
      // Neither control characters nor halves of a surrogate pair, which are no text that a table takes.
      pattern: '^[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]+$',
    },
    scopes: {
      type: 'array',
      description: 'What the key may do; at most what the key that makes it may',
      items: { type: 'string', enum: SCOPES },
      minItems: 1,
      uniqueItems: true,
    },
    expiresAt: {
      type: 'string',
      format: 'date-time',
      description: 'From then on the key is refused. Left out, it is good until it is removed',
    },
    actionPrefixes: {
      type: 'array',
      description: 'Limits events and metrics to actions that begin with one of these',
      items: { type: 'string', pattern: '^(?!__)[A-Za-z0-9._:-]{1,128}$' },
      minItems: 1,
      maxItems: 10,
      uniqueItems: true,
    },
  },
  required: ['name', 'scopes'],
  additionalProperties: false,
} as const;

/** A key as somebody wants it. */
export interface NewKey {
  readonly kind: 'new-key';
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly actionPrefixes: readonly string[] | undefined;
  /** Epoch milliseconds. */
  readonly expiresAt: number | undefined;
}

const check = createCheck(newKeySchema);

/** The last instant that can be written with four digits of year. */
const LAST_TIME = Date.UTC(9999, 11, 31);

/** Reads the key to make, and whether `maker` may make it: nobody gives what they have not themselves. */
export function readNewKey(request: ApiRequest, maker: Principal, now: number): NewKey | Problem {
  const body = readBody(request, check, MAX_KEY_BODY_BYTES);
  if (body.kind === 'problem') return body;
  const { name, scopes, actionPrefixes, expiresAt: until } = body.value;
  const expiresAt = until === undefined ? undefined : parseTimestamp(until);
  if (until !== undefined && !(expiresAt !== undefined && expiresAt > now && expiresAt <= LAST_TIME)) {
    const detail = 'must be an RFC 3339 time that is still to come';
    return problem('invalid-body', detail, { errors: [{ pointer: '/expiresAt', detail }] });
  }
  const wanted: NewKey = { kind: 'new-key', name, scopes, actionPrefixes, expiresAt };
  const errors = findExcess(wanted, maker);
  if (errors.length === 0) return wanted;
  return problem('forbidden', 'a key may not give more than it has itself', { errors });
}

/** Where a wanted key goes beyond its maker. */
function findExcess({ scopes, actionPrefixes, expiresAt }: NewKey, maker: Principal): Fault[] {
  const faults: Fault[] = [];
  for (const [index, scope] of scopes.entries()) {
    if (!maker.scopes.has(scope)) {
      faults.push({ pointer: `/scopes/${index}`, detail: `needs the scope ${scope} itself` });
    }
  }
  const own = maker.actionPrefixes;
  if (own !== undefined && actionPrefixes === undefined) {
    faults.push({ pointer: '/actionPrefixes', detail: `must be given: the key is limited to ${own.join(', ')}` });
  }
  for (const [index, prefix] of (actionPrefixes ?? []).entries()) {
    if (own !== undefined && !own.some((mine) => prefix.startsWith(mine))) {
      faults.push({ pointer: `/actionPrefixes/${index}`, detail: `must begin with one of ${own.join(', ')}` });
    }
  }
  if (maker.expiresAt !== undefined && (expiresAt === undefined || expiresAt > maker.expiresAt)) {
    faults.push({ pointer: '/expiresAt', detail: `must be at latest ${new Date(maker.expiresAt).toISOString()}` });
  }
  return faults;
}
