/** The kinds of reports. An id begins with the kind and a dash. */
export const REPORT_KINDS = ['daily'] as const;

export type ReportKind = (typeof REPORT_KINDS)[number];

/** A revision after the first. */
export interface LaterRevision {
  readonly revision: number;
  /** The number of values that changed. */
  readonly changes: number;
  /** Id of the report that says that this revision exists. */
  readonly toldIn: string;
}

/** A report, its newest revision, and who is finishing that. Times are epoch milliseconds. */
export interface StoredReport {
  readonly kind: ReportKind;
  /** `daily-YYYY-MM-DD` */
  readonly id: string;
  readonly timeZone: string;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** The newest revision; it may be unfinished. */
  readonly revision: number;
  /** The newest revision whose files are all there, and which was announced if it is to be; 0 if there is none yet. */
  readonly finished: number;
  /** SHA-256 of the newest revision's canonical facts; `+users` follows if it has the top users. */
  readonly factsDigest: string;
  /** SHA-256 of the newest revision's `report.json`: names its draft. */
  readonly draft: string;
  /** The run that finishes the newest revision, and until when no other run does. */
  readonly owner: string;
  readonly leaseUntil: number;
  readonly createdAt: number;
  /** When the newest revision was claimed. */
  readonly claimedAt: number;
  /** When the newest finished revision was claimed: what readers see while a later one is unfinished. */
  readonly revisedAt: number;
  readonly laterRevisions: readonly LaterRevision[];
  /** Whether a revision has ids of users: an erasure then looks into all of them. */
  readonly holdsUsers: boolean;
}

/** A lease on the newest revision of a report. */
export interface FinishingLease {
  readonly revision: number;
  readonly owner: string;
  readonly now: number;
  readonly until: number;
}

/** One page of reports, the newest first. */
export interface ReportsPage {
  readonly reports: readonly StoredReport[];
  /** The id after which the next page begins; undefined on the last page. */
  readonly next: string | undefined;
}

/**
 * Reports and their schedule. Reads are consistent. Each write is conditional, and counts once although it arrives
 * twice.
 */
export interface ReportsStore {
  find(id: string): Promise<StoredReport | undefined>;
  /**
   * Writes the next revision: the first one if there is no such report, a later one if the one before is the newest and
   * finished. False if another run was faster.
   */
  claim(report: StoredReport): Promise<boolean>;
  /** Takes over the unfinished newest revision from a run whose lease has ended; false if that cannot be. */
  lease(id: string, lease: FinishingLease): Promise<boolean>;
  /** Marks a revision as finished, and its time as that of the report, unless a later one is. */
  finish(id: string, revision: number): Promise<void>;
  list(kind: ReportKind, page: { readonly after: string | undefined; readonly limit: number }): Promise<ReportsPage>;
  /** The reports of all kinds that have ids of users. */
  listHoldingUsers(): AsyncIterable<StoredReport>;
  /** The day (`YYYY-MM-DD`) that the schedule reports next; undefined before its first report. */
  findNextDay(): Promise<string | undefined>;
  /** Moves the schedule on; nothing happens if it is no longer at `from`. */
  moveNextDay(move: { readonly from: string | undefined; readonly to: string }): Promise<void>;
}

/** The kind that an id names; undefined if it is no id of a report. */
export function reportKindOf(id: string): ReportKind | undefined {
  return REPORT_KINDS.find((kind) => id.startsWith(`${kind}-`) && id.length > kind.length + 1);
}
