import type { Telemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';
import { type EraseInput, type EraseProgress, type EraseTaskDeps, eraseTask } from './erase-task.ts';

/** What is left of a function's time when it begins no more objects: rewriting a busy shard's hour takes a minute or two. */
const RESERVE_MS = 240_000;

export interface EraseHandlerDeps {
  readonly telemetry: Telemetry;
  readonly task: EraseTaskDeps;
}

/** Lambda's side of an erasure's task: it works until shortly before its time is over. */
export function createEraseHandler({ telemetry, task }: EraseHandlerDeps) {
  return (input: EraseInput, context: Context): Promise<EraseProgress> =>
    telemetry.observe({ context, correlationId: input.erasureId }, async () => {
      const progress = await eraseTask(task, input, task.now() + context.getRemainingTimeInMillis() - RESERVE_MS);
      if (progress.status === 'failed') telemetry.meter.count('ErasuresFailed');
      return progress;
    });
}
