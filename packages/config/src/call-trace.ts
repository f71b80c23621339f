import type { Environment } from './field.ts';

/** What Lambda tells a function about the trace of the call that runs now. */
export interface CallTrace {
  /** X-Ray's header, `Root=…;Parent=…;Sampled=1`. Lambda sets it anew for each call. */
  readonly header: string;
  /** Where X-Ray's daemon listens, as `host:port`. */
  readonly daemon: string;
}

/** Reads it; undefined where nobody traces. */
export function readCallTrace(env: Environment = process.env): CallTrace | undefined {
  const { _X_AMZN_TRACE_ID: header, AWS_XRAY_DAEMON_ADDRESS: daemon } = env;
  return header && daemon ? { header, daemon } : undefined;
}
