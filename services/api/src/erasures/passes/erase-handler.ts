import type { Telemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';
import {
  type EraseInput,
  type EraseProgress,
  type EraseTaskDeps,
  eraseTask,
  oldestWaitMs,
  startDuePass,
} from './erase-task.ts';

/**
 * With less time than this, the function begins no further object: to rewrite an hour of a busy shard takes a minute or
 * two.
 */
const RESERVE_MS = 240_000;

/** The input from the schedule. */
export interface ScheduledInput {
  readonly task: 'start-due-pass';
}

export interface EraseHandlerDeps {
  readonly telemetry: Telemetry;
  readonly task: EraseTaskDeps;
}

/**
 * Makes the function's handler. It works on a pass until shortly before the function's time is over. The schedule checks
 * that passes begin and continue.
 */
export function createEraseHandler({ telemetry, task }: EraseHandlerDeps) {
  const { observe, meter } = telemetry;

  async function lookAfterPasses(): Promise<void> {
    const waitMs = await oldestWaitMs(task);
    // A metric costs money when it is written. If no erasure waits, it is not written.
    if (waitMs > 0) meter.observe('ErasureOverdue', 'Seconds', waitMs / 1000);
    await startDuePass(task);
  }

  return (input: EraseInput | ScheduledInput, context: Context): Promise<EraseProgress | undefined> => {
    if ('task' in input) {
      return observe({ context, annotations: { task: input.task } }, () => lookAfterPasses().then(() => undefined));
    }
    const annotations = { task: 'pass', pass: input.pass };
    const outcomeOf = ({ status }: EraseProgress) => status;
    return observe({ context, correlationId: `pass-${input.pass}`, annotations, outcomeOf }, () =>
      eraseTask(task, input, task.now() + context.getRemainingTimeInMillis() - RESERVE_MS),
    );
  };
}
