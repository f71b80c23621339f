import type { AwsCall, AwsCallResult } from '../aws-calls/aws-call.ts';

/** The counts of one kind of call. */
export interface CallUsage {
  readonly calls: number;
  /** Calls that were answered with an error, or not at all. */
  readonly errors: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
}

/** Counts of every call, by `service:Action`, and the same for each caller's access key id. */
export interface Usage {
  readonly actions: Readonly<Record<string, CallUsage>>;
  readonly callers: Readonly<Record<string, Readonly<Record<string, CallUsage>>>>;
}

/** A `Usage` that grows with each call. */
export interface UsageCounter {
  count(call: AwsCall, result: AwsCallResult): void;
  usage(): Usage;
  reset(): void;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Counts = Map<string, Mutable<CallUsage>>;

/** Counts calls since its creation or the last reset. */
export function createUsageCounter(): UsageCounter {
  let actions: Counts = new Map();
  let callers = new Map<string, Counts>();
  return {
    count: (call, result) => {
      add(actions, call, result);
      if (call.caller === undefined) return;
      const own = callers.get(call.caller) ?? new Map();
      callers.set(call.caller, own);
      add(own, call, result);
    },
    usage: () => ({
      actions: plain(actions),
      callers: Object.fromEntries([...callers].map(([caller, counts]) => [caller, plain(counts)])),
    }),
    reset: () => {
      actions = new Map();
      callers = new Map();
    },
  };
}

function add(counts: Counts, call: AwsCall, result: AwsCallResult): void {
  const key = `${call.service}:${call.action}`;
  const entry = counts.get(key) ?? {
    calls: 0,
    errors: 0,
    readUnits: 0,
    writeUnits: 0,
    requestBytes: 0,
    responseBytes: 0,
  };
  counts.set(key, entry);
  entry.calls += 1;
  if (result.status === undefined || result.status >= 400) entry.errors += 1;
  entry.readUnits += result.readUnits;
  entry.writeUnits += result.writeUnits;
  entry.requestBytes += call.requestBytes;
  entry.responseBytes += result.responseBytes;
}

function plain(counts: Counts): Record<string, CallUsage> {
  return Object.fromEntries([...counts].map(([key, entry]) => [key, { ...entry }]));
}
