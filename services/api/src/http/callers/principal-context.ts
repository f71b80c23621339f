import type { Principal } from './principal.ts';
import { SCOPES, type Scope } from './scopes.ts';

/**
 * A principal in the authorizer's context. API Gateway passes on a flat map of texts. The names begin with `key`, as the
 * local gateway overwrites `scopes` and `claims`.
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

/** Reads the context that the authorizer wrote; undefined for any other context, so that an unclear one admits nobody. */
export function fromContext(context: Readonly<Record<string, unknown>>): Principal | undefined {
  const { keyId, keyScopes, keyActionPrefixes, keyExpiresAt } = context;
  if (typeof keyId !== 'string' || keyId === '' || typeof keyScopes !== 'string') return undefined;
  const actionPrefixes = keyActionPrefixes === undefined ? undefined : readPrefixes(keyActionPrefixes);
  const expiresAt = keyExpiresAt === undefined ? undefined : readTime(keyExpiresAt);
  if (actionPrefixes === 'unclear' || expiresAt === 'unclear') return undefined;
  return { kind: 'principal', keyId, scopes: knownScopes(keyScopes.split(' ')), actionPrefixes, expiresAt };
}

/** The names that are scopes. Names of a later or an earlier version are left out. */
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
