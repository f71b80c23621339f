import type { AwsCall } from '../../aws-calls/aws-call.ts';

/** An event source mapping whose settings have been read. */
export interface EventSourceMapping {
  /** The name of what it reads, for the log. */
  readonly source: string;
  /** Whether this call may have put something into what it reads. */
  isWokenBy(call: AwsCall): boolean;
  /** Starts it. Throws while what it reads does not exist. */
  open(): Promise<RunningSource>;
}

/** A running event source. */
export interface RunningSource {
  /** Reports that there may be something new. */
  wake(): void;
  /** Resolves when the invocations under way have ended; nothing is invoked after that. */
  stop(): Promise<void>;
}
