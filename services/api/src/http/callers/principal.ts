import { SCOPES, type Scope } from './scopes.ts';

/** Who sent a request. */
export interface Principal {
  readonly kind: 'principal';
  /** Names the key, never its secret: ids of events may derive from it. */
  readonly keyId: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The key is limited to actions that begin with one of these; undefined where it is not. */
  readonly actionPrefixes?: readonly string[] | undefined;
  /** Epoch milliseconds from which the key is good no more; undefined where it is for ever. */
  readonly expiresAt?: number | undefined;
}

/** The principal of routes that need no key. */
export const ANYONE: Principal = { kind: 'principal', keyId: 'anyone', scopes: new Set() };

/** The administrator's key, which is there before any other. */
export const BOOTSTRAP: Principal = { kind: 'principal', keyId: 'bootstrap', scopes: new Set(SCOPES) };

/** Whether a key may send or see an action. Actions in `__` hold what other actions folded into: no prefix gives them. */
export function mayUseAction({ actionPrefixes }: Principal, action: string): boolean {
  if (actionPrefixes === undefined) return true;
  return !action.startsWith('__') && actionPrefixes.some((prefix) => action.startsWith(prefix));
}
