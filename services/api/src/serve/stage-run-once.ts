import { text } from '@weir/config';
import { loadLate } from '@weir/late-loading';
import type { Logger, Meter } from '@weir/logging';
import type { RunOnce } from '../idempotency/run-once.ts';

/** The stage's setting for the table of stored answers. */
export const idempotencyFields = { idempotencyTable: text('WEIR_IDEMPOTENCY_TABLE') };

/** Dependencies of `createStageRunOnce`. */
export interface StageRunOnceDeps {
  readonly config: { readonly idempotencyTable: string };
  readonly meter: Meter;
  readonly log: Logger;
}

/**
 * Runs requests once, with the stage's table. Powertools is loaded at the first request with an `Idempotency-Key`, as
 * most requests have none.
 */
export function createStageRunOnce({ config, meter, log }: StageRunOnceDeps): RunOnce {
  const load = loadLate(async () => {
    const { createPowertoolsRunOnce } = await import('../aws/powertools-run-once.ts');
    return createPowertoolsRunOnce({ tableName: config.idempotencyTable, meter, log });
  });
  return async (request, work) => (await load())(request, work);
}
