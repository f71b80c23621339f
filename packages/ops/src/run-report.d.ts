import type { OpsCommand } from './parse-command.ts';
/** How a call of a function ended. */
export type Invoked =
  | {
      readonly kind: 'returned';
      readonly answer: unknown;
    }
  /** It threw or timed out. */
  | {
      readonly kind: 'failed';
      readonly message: string;
    }
  | {
      readonly kind: 'unknown-function';
    }
  | {
      readonly kind: 'unreached';
      readonly message: string;
    };
/** Calls a function and waits for its end. */
export type Invoke = (functionName: string, event: object) => Promise<Invoked>;
/** What to print, and whether the command has done its work. */
export interface OpsResult {
  readonly isDone: boolean;
  readonly text: string;
}
/** Makes the report of a date, and says in one sentence what came of it. */
export declare function runReport(invoke: Invoke, { date, stage }: OpsCommand): Promise<OpsResult>;
