import type { Principal } from './principal.ts';
import { SCOPES, type Scope } from './scopes.ts';

/**
 * A principal as the authorizer hands it on: API Gateway carries a flat map of texts. Names of our own, as the local
 * gateway puts its own `scopes` and `claims` over ours.
 */
export interface PrincipalContext extends Readonly<Record<string, string>> {
  readonly keyId: string;
  /** Separated by spaces. */
  readonly keyScopes: string;
}

/** Writes a principal for the functions behind the authorizer. */
export function toContext({ keyId, scopes, actionPrefixes, expiresAt }: Principal): PrincipalContext {
  return {
    keyId,
    keyScopes: [...scopes].join(' '),
    ...(actionPrefixes && { keyActionPrefixes: JSON.stringify(actionPrefixes) }),
    ...(expiresAt !== undefined && { keyExpiresAt: String(expiresAt) }),
  };
}

/** Reads what the authorizer wrote; undefined where it is anything else, so that what is unclear lets nobody in. */
export function fromContext(context: Readonly<Record<string, unknown>>): Principal | undefined {
  const { keyId, keyScopes, keyActionPrefixes, keyExpiresAt } = context;
  if (typeof keyId !== 'string' || keyId === '' || typeof keyScopes !== 'string') return undefined;
  const actionPrefixes = keyActionPrefixes === undefined ? undefined : readPrefixes(keyActionPrefixes);
  const expiresAt = keyExpiresAt === undefined ? undefined : readTime(keyExpiresAt);
  if (actionPrefixes === 'unclear' || expiresAt === 'unclear') return undefined;
  return { kind: 'principal', keyId, scopes: knownScopes(keyScopes.split(' ')), actionPrefixes, expiresAt };
}

/** Those of `names` that are scopes: what a later or an earlier version knew is left out. */
export function knownScopes(names: readonly string[]): ReadonlySet<Scope> {
  return new Set(SCOPES.filter((scope) => names.includes(scope)));
}

function readPrefixes(text: unknown): readonly string[] | 'unclear' {
  try {
    const prefixes: unknown = JSON.parse(String(text));
    const areTexts = Array.isArray(prefixes) && prefixes.every((prefix) => typeof prefix === 'string');
    return areTexts ? prefixes : 'unclear';
  } catch {
    return 'unclear';
  }
}

function readTime(text: unknown): number | 'unclear' {
  return /^\d{1,16}$/.test(String(text)) ? Number(text) : 'unclear';
}
