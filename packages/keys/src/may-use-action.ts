/** The actions to which a key is limited. */
export interface ActionLimit {
  /** The key may only use actions that begin with one of these; undefined if it may use all. */
  readonly actionPrefixes?: readonly string[] | undefined;
}

/**
 * Whether a key may send or see an action. Actions that begin with `__` count events of other actions: no prefix gives
 * access to them.
 */
export function mayUseAction({ actionPrefixes }: ActionLimit, action: string): boolean {
  if (actionPrefixes === undefined) return true;
  return !action.startsWith('__') && actionPrefixes.some((prefix) => action.startsWith(prefix));
}
