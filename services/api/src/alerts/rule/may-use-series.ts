import { mayUseAction } from '@weir/keys';
import { type Fault, type Problem, problem } from '../../http/answers/problem.ts';
import type { Principal } from '../../http/callers/principal.ts';

/** Whether a key may use all actions that a rule's `action` matches. */
export function mayUseSeries(principal: Principal, action: string): boolean {
  return mayUseAction(principal, action.endsWith('*') ? action.slice(0, -1) : action);
}

/** A 403 if the key may not use all actions of a rule. */
export function refuseSeries(principal: Principal, action: string): Problem | undefined {
  if (mayUseSeries(principal, action)) return undefined;
  const own = principal.actionPrefixes?.join(', ');
  const errors: Fault[] = [{ pointer: '/action', detail: `must begin with one of ${own}` }];
  return problem('forbidden', 'the key is limited to action prefixes', { errors });
}
