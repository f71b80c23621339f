import { SCOPES, type Scope } from './scopes.ts';

/** The caller of a request. */
export interface Principal {
  readonly kind: 'principal';
  /** The id of the key, never its secret. Ids of events may derive from it. */
  readonly keyId: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The key may only use actions that begin with one of these; undefined if it may use all. */
  readonly actionPrefixes?: readonly string[] | undefined;
  /** The time from which the key is refused, epoch milliseconds; undefined if it never expires. */
  readonly expiresAt?: number | undefined;
}

/** The principal of routes that need no key. */
export const ANYONE: Principal = { kind: 'principal', keyId: 'anyone', scopes: new Set() };

/** The administrator's key, which exists before all others. */
export const BOOTSTRAP: Principal = { kind: 'principal', keyId: 'bootstrap', scopes: new Set(SCOPES) };
