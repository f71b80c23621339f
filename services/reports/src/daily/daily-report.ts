/** What was counted of one action in one day. Values are null where nothing has them: users and percentiles, of a day whose ends are not whole UTC hours. */
export interface ActionFacts {
  readonly action: string;
  readonly count: number;
  readonly sum: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  readonly users: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** What a revision is made of: another revision is written only when these differ. */
export interface DailyFacts {
  readonly total: { readonly count: number; readonly users: number | null };
  /** The actions that were counted on this day: by count, descending, then by name. */
  readonly actions: readonly ActionFacts[];
  /** Each local hour of the day (23, 24 or 25 of them), those without an event too. */
  readonly hours: readonly { readonly start: string; readonly count: number }[];
  /** Refused events that arrived on this day: by count, descending, then by reason. */
  readonly quarantine: readonly { readonly reason: string; readonly count: number }[];
}

/** The users with the most events of a day. */
export interface TopUsers {
  /** Ten at most: by count, descending, then by id. The id of a person who was erased later is null. */
  readonly users: readonly { readonly userId: string | null; readonly count: number }[];
  /** Events of people who were erased before: they are no users. */
  readonly erasedEvents: number;
}

/** What the day is compared with. Null where there is no earlier data. */
export interface Comparison {
  readonly total: { readonly count: number; readonly users: number | null } | null;
  /** In order of name: the actions that were counted on this day or on one of the seven before. */
  readonly actions: readonly {
    readonly action: string;
    readonly count: number | null;
    readonly users: number | null;
  }[];
}

/** The totals of one earlier day, for charts. Null where there is no data. */
export interface DayTotal {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly count: number | null;
  readonly users: number | null;
}

/** A change of the facts since the revision before. */
export interface FactChange {
  /** A JSON pointer into `facts`. */
  readonly pointer: string;
  /** Null where it was missing. */
  readonly before: unknown;
  readonly after: unknown;
}

/** What the audit of the day has found. */
export interface AuditState {
  readonly status: 'clean' | 'drift' | 'pending';
  /** Buckets that differ, and objects that are missing. */
  readonly differences: number;
  readonly missingObjects: number;
  /** The first 20 of the buckets that differ. */
  readonly buckets: readonly {
    readonly action: string;
    readonly unit: 'minute' | 'hour' | 'day';
    readonly start: string;
    readonly field: string;
    /** What the rows have. */
    readonly stored: string;
    /** What the archive's lines give. */
    readonly archived: string;
  }[];
  /** Where the API has all of it; null while there is none. */
  readonly path: string | null;
}

/** The report of one day in one time zone. Times are RFC 3339 in UTC with milliseconds. */
export interface DailyReport {
  readonly version: 1;
  readonly kind: 'daily';
  /** `daily-YYYY-MM-DD` */
  readonly id: string;
  /** 1, 2, 3, … */
  readonly revision: number;
  readonly timeZone: string;
  /** The version of the time zone data. */
  readonly tzdata: string;
  readonly from: string;
  /** Exclusive. */
  readonly to: string;
  /** The arrival time up to which everything is counted; null before the first event and the first sweep. */
  readonly asOf: string | null;
  readonly facts: DailyFacts;
  /** Counted from the same events as the facts; null if they were not known when this revision was made. */
  readonly topUsers: TopUsers | null;
  readonly comparisons: {
    readonly previousDay: Comparison;
    readonly meanOfSeven: Comparison;
    /** The seven days before, the oldest first. */
    readonly lastSeven: readonly DayTotal[];
  };
  /** As it was when this revision was made. It is no fact: a later audit changes no report. */
  readonly audit: AuditState;
  /** Against the revision before; empty in the first. */
  readonly changes: readonly FactChange[];
  /** Earlier reports that have a new revision since the report of the day before. */
  readonly revised: readonly { readonly id: string; readonly revision: number; readonly changes: number }[];
}
