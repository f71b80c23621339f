import counted from './counts.json' with { type: 'json' };

/** What a call of a function takes, on average, as the AWS door and the function's process have counted it. */
export interface CallCost {
  /** Calls of AWS, by `service:Action`. */
  readonly calls: Readonly<Record<string, number>>;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** With one whole CPU. */
  readonly cpuMs: number;
  /** What it writes to its log, metrics included. */
  readonly logBytes: number;
}

/** What a million events take in the table and the archive, at so many a second in one shard. */
export interface FlowCost {
  readonly calls: Readonly<Record<string, number>>;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Calls of the function consume. */
  readonly batches: number;
  /** Bytes of objects that are put, each hour's second writing included. */
  readonly objectBytes: number;
  /** Bytes of requests that put log entries. */
  readonly entryBytes: number;
}

/** What a stage has that costs something while nothing happens, from the packaged templates. */
export interface StageParts {
  /** 0 of a stream on demand. */
  readonly shards: number;
  readonly retentionHours: number;
  readonly kmsKeys: number;
  readonly secrets: number;
  /** Metrics that alarms watch. */
  readonly alarmMetrics: number;
  readonly compositeAlarms: number;
  readonly dashboards: number;
  /** Queues from which Lambda takes messages. */
  readonly queuesRead: number;
  /** Calls of each function by its schedule in a month of 730 hours, by `<service>/<key>`. */
  readonly scheduled: Readonly<Record<string, number>>;
  /** Of each function. */
  readonly megabytes: Readonly<Record<string, number>>;
  /** Stage parameters that bound what callers can cost, as functions and stages have them. */
  readonly limits: {
    readonly keyRequestsPerSecond: number;
    readonly stageRequestsPerSecond: number;
    readonly workersAtOnce: number;
    readonly pushesPerSecond: number;
    readonly mailsPerDay: number;
  };
}

export interface Counts {
  /** When they were counted. */
  readonly on: string;
  /** By the events of a second in one shard. */
  readonly flows: Readonly<Record<string, FlowCost>>;
  /** By a function, and what its call is for: `api/events: 100 events`. */
  readonly calls: Readonly<Record<string, CallCost>>;
  /** Metrics of our own that have a value each hour while nothing happens. */
  readonly idleMetrics: readonly string[];
  readonly stages: { readonly dev: StageParts; readonly production: StageParts };
}

/** The counts of the last `npm run cost -- --count`. */
export const COUNTS: Counts = counted;
