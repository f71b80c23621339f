import { MemoryObjectStore } from '@weir/archive/memory';
import type { StoredAudit } from '@weir/dynamodb/audits';
import { MemoryReportsStore, type ReportsState } from '@weir/dynamodb/reports/memory';
import { calendarOf } from '../daily/calendar-of.ts';
import { canonicalJson } from '../daily/canonical-json.ts';
import type { ReportAnnouncement } from '../daily/revisions/report-announcement.ts';
import type { ReportDeps } from '../daily/revisions/report-day.ts';
import type { ReportRenderers } from '../daily/revisions/report-renderers.ts';
import type { FindTopUsers } from '../daily/top-users/top-users.ts';
import { type CountedEvent, MemoryCountsReader } from './memory-counts-reader.ts';

/** Files that are quickly made. They depend on all of the report. */
export const plainRenderers: ReportRenderers = {
  json: (report) => `${canonicalJson(report)}\n`,
  csv: (report) => `csv of ${canonicalJson(report)}`,
  html: async (report) => `html of ${canonicalJson(report)}`,
  mail: async (report) => Buffer.from(`mail of ${canonicalJson(report)}`),
};

/** A stage in memory: what was counted and refused, and its reports. */
export class MemoryReports {
  now = 0;
  readonly events: CountedEvent[] = [];
  readonly state: ReportsState = { reports: new Map(), nextDay: undefined };
  readonly files = new MemoryObjectStore(() => 0);
  readonly archive = new MemoryObjectStore(() => 0);
  readonly announced: ReportAnnouncement[] = [];
  /** By date. */
  readonly audits = new Map<string, StoredAudit>();
  /** Every day without an audit of its own has a clean one. */
  isAudited = true;
  /** The top users of every day are known. */
  findTopUsers: FindTopUsers = async ({ count }) => ({
    state: 'known',
    topUsers: { users: count > 0 ? [{ userId: 'u', count }] : [], erasedEvents: 0 },
  });
  #owners = 0;

  /** The dependencies of one process, which awaits `turn` before each of its calls. */
  deps(turn: () => Promise<void> = async () => {}, timeZone = 'UTC'): ReportDeps {
    return {
      store: new MemoryReportsStore(turn, this.state),
      files: new MemoryObjectStore(() => 0, turn, this.files.objects),
      // Nothing writes to it meanwhile.
      archive: this.archive,
      audits: {
        find: async (date) => {
          await turn();
          return this.audits.get(date) ?? (this.isAudited ? cleanAudit(date, timeZone) : undefined);
        },
      },
      findTopUsers: async (day) => {
        await turn();
        return this.findTopUsers(day);
      },
      reader: new MemoryCountsReader(this.events, turn),
      render: plainRenderers,
      announce: async (announcement) => {
        await turn();
        this.announced.push(announcement);
      },
      now: () => this.now,
      newOwner: () => `run-${this.#owners++}`,
      calendarOf,
      tzdata: 'test',
      timeZone,
    };
  }

  /** The text of an object of the bucket of reports. */
  text(key: string): string | undefined {
    const found = this.files.objects.get(key);
    return found && Buffer.from(found.bytes).toString();
  }
}

/** The audit of a day, in which nothing differs. */
export function cleanAudit(date: string, timeZone = 'UTC'): StoredAudit {
  return {
    ...{ date, timeZone, from: 0, to: 0, asOf: 0, heads: {}, status: 'clean', drift: 0 },
    ...{ missingObjects: [], buckets: [], file: `audits/${date}/audit.json`, auditedAt: 0 },
  };
}
