/** Whether an action belongs to the series of a rule: the action itself, a prefix and `*`, or `*` alone. */
export function matchesAction(pattern: string, action: string): boolean {
  return pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : action === pattern;
}
