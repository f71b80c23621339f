import { parseTimestamp } from '@weir/events';
import { type Fault, type Problem, problem } from '../http/answers/problem.ts';
import { createCheck } from '../http/bodies/check-value.ts';
import { readBody } from '../http/bodies/read-body.ts';
import type { Principal } from '../http/callers/principal.ts';
import { SCOPES, type Scope } from '../http/callers/scopes.ts';
import type { ApiRequest } from '../http/requests/request.ts';
import { LAST_TIME } from '../times/parse-time.ts';
import { MAX_KEY_BODY_BYTES } from './limits.ts';

/** The body of `POST /v1/keys`. */
export const newKeySchema = {
  type: 'object',
  description: 'A key to make',
  properties: {
    name: {
      type: 'string',
      description: 'For people: the user of the key',
      maxLength: 100,
      // Neither control characters nor halves of a surrogate pair, which a table does not accept as text.
      pattern: '^[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]+$',
    },
    scopes: {
      type: 'array',
      description: 'The permissions of the key: at most those of the key that makes it',
      items: { type: 'string', enum: SCOPES },
      minItems: 1,
      uniqueItems: true,
    },
    expiresAt: {
      type: 'string',
      format: 'date-time',
      description: 'From this time the key is refused. Without it, the key is valid until it is removed',
    },
    actionPrefixes: {
      type: 'array',
      description: 'Limits events and metrics to actions that begin with one of these',
      items: { type: 'string', pattern: '^(?!__|\\.{1,2}$)[A-Za-z0-9._:-]{1,128}$' },
      minItems: 1,
      maxItems: 10,
      uniqueItems: true,
    },
  },
  required: ['name', 'scopes'],
  additionalProperties: false,
} as const;

/** A requested key. */
export interface NewKey {
  readonly kind: 'new-key';
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly actionPrefixes: readonly string[] | undefined;
  /** Epoch milliseconds. */
  readonly expiresAt: number | undefined;
}

const { name: nameSchema, actionPrefixes: prefixesSchema } = newKeySchema.properties;

const check = createCheck(newKeySchema, {
  [nameSchema.pattern]: `must have 1 to ${nameSchema.maxLength} characters, none of them a control character`,
  [prefixesSchema.items.pattern]: 'must be 1 to 128 of A-Z a-z 0-9 . _ : -, not begin with __, and not be . or ..',
});

/** Reads the requested key, and checks that `maker` may make it: a key can only give permissions that it has itself. */
export function readNewKey(request: ApiRequest, maker: Principal, now: number): NewKey | Problem {
  const body = readBody(request, check, MAX_KEY_BODY_BYTES);
  if (body.kind === 'problem') return body;
  const { name, scopes, actionPrefixes, expiresAt: until } = body.value;
  const expiresAt = until === undefined ? undefined : readExpiry(until, now);
  if (typeof expiresAt === 'string') {
    return problem('invalid-body', `expiresAt ${expiresAt}`, {
      errors: [{ pointer: '/expiresAt', detail: expiresAt }],
    });
  }
  const wanted: NewKey = { kind: 'new-key', name, scopes, actionPrefixes, expiresAt };
  const errors = findExcess(wanted, maker);
  if (errors.length === 0) return wanted;
  return problem('forbidden', 'a key cannot give permissions that it does not have itself', { errors });
}

/** The time from which the key is refused, in epoch milliseconds, or the reason why the time is not accepted. */
function readExpiry(until: string, now: number): number | string {
  const expiresAt = parseTimestamp(until);
  if (expiresAt === undefined) return 'must be an RFC 3339 time, such as 2030-01-01T00:00:00Z';
  if (expiresAt > LAST_TIME) return 'must be before the year 10000 in UTC; without expiresAt the key never expires';
  return expiresAt > now ? expiresAt : 'must be in the future';
}

/** The permissions of a requested key that its maker does not have. */
function findExcess({ scopes, actionPrefixes, expiresAt }: NewKey, maker: Principal): Fault[] {
  const faults: Fault[] = [];
  for (const [index, scope] of scopes.entries()) {
    if (!maker.scopes.has(scope)) {
      faults.push({ pointer: `/scopes/${index}`, detail: `the key that makes it does not have the scope ${scope}` });
    }
  }
  const own = maker.actionPrefixes;
  if (own !== undefined && actionPrefixes === undefined) {
    faults.push({
      pointer: '/actionPrefixes',
      detail: `is required: the key that makes it is limited to ${own.join(', ')}`,
    });
  }
  for (const [index, prefix] of (actionPrefixes ?? []).entries()) {
    if (own !== undefined && !own.some((mine) => prefix.startsWith(mine))) {
      faults.push({ pointer: `/actionPrefixes/${index}`, detail: `must begin with one of ${own.join(', ')}` });
    }
  }
  if (maker.expiresAt !== undefined && (expiresAt === undefined || expiresAt > maker.expiresAt)) {
    faults.push({ pointer: '/expiresAt', detail: `must not be later than ${new Date(maker.expiresAt).toISOString()}` });
  }
  return faults;
}
