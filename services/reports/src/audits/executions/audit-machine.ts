import type { DateRange } from '../days/audited-days.ts';

/** What an execution audits, by which input it is told apart from others. */
export interface AuditInput extends DateRange {
  readonly execution: string;
  readonly timeZone: string;
}

/** An execution of the state machine, as far as it is known. */
export interface AuditExecution {
  readonly status: 'running' | 'done' | 'failed';
  readonly input: AuditInput;
  /** Why it failed or, while it runs, why its newest attempt failed that is tried again. */
  readonly problem?: string;
  /** Days whose audits are stored, while it runs. */
  readonly stored?: number;
}

/** The state machine whose executions make audits. */
export interface AuditMachine {
  /** Starts an execution, unless it runs already; `ended` if one of this name has ended. */
  start(input: AuditInput): Promise<'running' | 'ended'>;
  find(execution: string): Promise<AuditExecution | undefined>;
}
