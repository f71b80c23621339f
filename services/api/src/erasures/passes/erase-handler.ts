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

/** What is left of a function's time when it begins no more objects: rewriting a busy shard's hour takes a minute or two. */
const RESERVE_MS = 240_000;

/** What the schedule hands over. */
export interface ScheduledInput {
  readonly task: 'start-due-pass';
}

export interface EraseHandlerDeps {
  readonly telemetry: Telemetry;
  readonly task: EraseTaskDeps;
}

/** Lambda's side of a pass: it works until shortly before its time is over. The schedule sees to it that there is one. */
export function createEraseHandler({ telemetry, task }: EraseHandlerDeps) {
  const { observe, meter } = telemetry;

  async function lookAfterPasses(): Promise<void> {
    const waitMs = await oldestWaitMs(task);
    // A metric costs where it is told; with nobody waiting there is nothing to tell.
    if (waitMs > 0) meter.observe('ErasureOverdue', 'Seconds', waitMs / 1000);
    await startDuePass(task);
  }

  return (input: EraseInput | ScheduledInput, context: Context): Promise<EraseProgress | undefined> => {
    if ('task' in input) return observe({ context }, () => lookAfterPasses().then(() => undefined));
    return observe({ context, correlationId: `pass-${input.pass}` }, () =>
      eraseTask(task, input, task.now() + context.getRemainingTimeInMillis() - RESERVE_MS),
    );
  };
}
