import type { Logger, Meter } from '@weir/logging';
import type { Push } from './create-push.ts';

/** A push that takes longer goes on by itself, and the batch ends. */
const BUDGET_MS = 5_000;

export interface PushAfterRulesDeps {
  readonly push: Push;
  readonly log: Logger;
  readonly meter: Meter;
  /** Runs something after a time; what it returns cancels that. */
  readonly later: (ms: number, run: () => void) => () => void;
}

/** A push that never fails a batch of the rules, and holds it up for a few seconds at most. */
export function pushAfterRules({ push, log, meter, later }: PushAfterRulesDeps): Push {
  return async (entries) => {
    const { promise: expiry, resolve } = Promise.withResolvers<void>();
    const cancel = later(BUDGET_MS, resolve);
    const pushed = push(entries).catch((error: unknown) => {
      meter.count('PushFailed');
      log.warn('Rows cannot be pushed; the next batch tries again', { entries: entries.length, error });
    });
    await Promise.race([pushed, expiry]);
    cancel();
  };
}
