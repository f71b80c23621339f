import { text } from '@weir/config';
import type { Logger, Meter } from '@weir/logging';
import type { RunOnce } from '../idempotency/run-once.ts';
import { loadLate } from '../lazy-loading/load-late.ts';

/** What a stage says of where answers are remembered. */
export const idempotencyFields = { idempotencyTable: text('WEIR_IDEMPOTENCY_TABLE') };

/** What `createStageRunOnce` needs. */
export interface StageRunOnceDeps {
  readonly config: { readonly idempotencyTable: string };
  readonly meter: Meter;
  readonly log: Logger;
}

/** Runs requests once by the stage's table. Powertools is loaded when the first one comes: most have no key. */
export function createStageRunOnce({ config, meter, log }: StageRunOnceDeps): RunOnce {
  const load = loadLate(async () => {
    const { createPowertoolsRunOnce } = await import('../aws/powertools-run-once.ts');
    return createPowertoolsRunOnce({ tableName: config.idempotencyTable, meter, log });
  });
  return async (request, work) => (await load())(request, work);
}
