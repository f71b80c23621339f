import type { AwsCall } from '../aws-calls/aws-call.ts';

/**
 * What goes wrong: the service throttles, breaks (500), the connection drops before the call reaches it, drops after
 * the call was carried out (the answer is lost), the call just takes longer, or the function that makes it is killed
 * without a word (the call is not made).
 */
export const FAULT_KINDS = ['throttle', 'error', 'drop-before', 'drop-after', 'delay', 'kill'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault to put on one call. */
export interface InjectedFault {
  readonly kind: FaultKind;
  /** Only for `delay`. */
  readonly delayMs?: number;
}

/** The parts of a call that a fault may match. */
export const MATCH_FIELDS = ['service', 'action', 'resource', 'caller'] as const;

/** Which calls a fault is for; a field that is left out matches everything. */
export type FaultMatch = { readonly [Field in (typeof MATCH_FIELDS)[number]]?: string };

/** A fault for the next `times` calls that match, or for each that matches with a `probability`, or for all. */
export interface FaultRule extends InjectedFault {
  /** All calls if it is left out. */
  readonly match?: FaultMatch;
  readonly times?: number;
  readonly probability?: number;
}

/** The active rules. */
export interface FaultRules {
  add(rules: readonly FaultRule[]): void;
  clear(): void;
  /** The fault for this call, from the first rule that matches and is not used up. */
  pick(call: AwsCall): InjectedFault | undefined;
}

/** Holds fault rules; `random` decides those with a probability. */
export function createFaultRules(random: () => number = Math.random): FaultRules {
  let rules: { readonly rule: FaultRule; left: number }[] = [];
  return {
    add: (added) => {
      rules.push(...added.map((rule) => ({ rule, left: rule.times ?? Number.POSITIVE_INFINITY })));
    },
    clear: () => {
      rules = [];
    },
    pick: (call) => {
      const hit = rules.find(
        ({ rule, left }) => left > 0 && matches(rule.match, call) && random() < (rule.probability ?? 1),
      );
      if (hit === undefined) return undefined;
      hit.left -= 1;
      return hit.rule;
    },
  };
}

function matches(match: FaultMatch = {}, call: AwsCall): boolean {
  return MATCH_FIELDS.every((field) => match[field] === undefined || match[field] === call[field]);
}
