import type { Telemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';
import { type StartAnswer, type StateAnswer, startByHand, stateOf } from './executions/audit-by-hand.ts';
import { type StartAuditsDeps, startDueAudits } from './executions/start-due-audits.ts';
import { type AuditProgress, type AuditTaskDeps, auditTask } from './task/audit-task.ts';

/** With less time left, a call begins no further step: to count an hour of a busy log takes a minute or two. */
const RESERVE_MS = 300_000;

/** From the schedule, from an operator, or from the state machine. */
export type AuditEvent =
  | { readonly task: 'start-due' }
  | { readonly task: 'start'; readonly from: string; readonly to: string }
  | { readonly task: 'state'; readonly execution: string }
  | (AuditProgress & { readonly task?: undefined });

export type AuditAnswer = AuditProgress | StartAnswer | StateAnswer | { readonly running: readonly string[] };

export interface AuditHandlerDeps {
  readonly telemetry: Telemetry;
  readonly start: StartAuditsDeps;
  readonly task: Omit<AuditTaskDeps, 'log' | 'meter'>;
}

/** Makes the Lambda handler of audits. */
export function createAuditHandler({ telemetry, start, task }: AuditHandlerDeps) {
  const deps: AuditTaskDeps = { ...task, log: telemetry.log, meter: telemetry.meter };

  async function startDue(): Promise<{ readonly running: readonly string[] }> {
    const { running, overdueMs } = await startDueAudits(start);
    telemetry.meter.observe('AuditOverdue', 'Seconds', overdueMs / 1000);
    if (running.length > 0) telemetry.log.info('Audits run', { running });
    return { running };
  }

  return (event: AuditEvent, context: Context): Promise<AuditAnswer> => {
    const correlationId = 'execution' in event ? event.execution : undefined;
    const annotations = { task: event.task ?? 'work' };
    const invocation = { context, annotations, outcomeOf, ...(correlationId && { correlationId }) };
    return telemetry.observe<AuditAnswer>(invocation, () => {
      switch (event.task) {
        case 'start-due':
          return startDue();
        case 'start':
          return startByHand(start, { from: String(event.from), to: String(event.to) });
        case 'state':
          return stateOf(start, String(event.execution));
        default:
          return auditTask(deps, event, task.now() + context.getRemainingTimeInMillis() - RESERVE_MS);
      }
    });
  };
}

function outcomeOf(answer: AuditAnswer): string {
  if ('outcome' in answer) return answer.outcome;
  if ('running' in answer) return answer.running.length > 0 ? 'done' : 'idle';
  return answer.status ?? 'more';
}
