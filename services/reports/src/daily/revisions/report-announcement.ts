import { type ReportFile, reportFileKey, type StoredReport } from '@weir/dynamodb/reports';
import type { DailyReport } from '../daily-report.ts';

/** A message on the topic `report-ready`: the first revision of a report is there. */
export interface ReportAnnouncement {
  readonly version: 1;
  readonly kind: StoredReport['kind'];
  readonly id: string;
  readonly revision: number;
  readonly timeZone: string;
  /** RFC 3339, in UTC. */
  readonly from: string;
  readonly to: string;
  /** When the report was made first: the same whenever it is announced again. RFC 3339, in UTC. */
  readonly createdAt: string;
  /** Keys in the bucket of reports. */
  readonly files: Readonly<Record<ReportFile, string>>;
  /**
   * Names the report and its revision. If a run dies between the announcement and the note of it, the same message
   * comes again: a receiver that acts once for each of these ids acts once for each report.
   */
  readonly deduplicationId: string;
}

/** Sends an announcement. */
export type Announce = (announcement: ReportAnnouncement) => Promise<void>;

/** The announcement of a report's revision: the same each time. */
export function announcementOf(
  { kind, id, revision, timeZone, from, to }: DailyReport,
  createdAt: number,
): ReportAnnouncement {
  const key = (file: ReportFile) => reportFileKey({ kind, id }, revision, file);
  return {
    ...{ version: 1, kind, id, revision, timeZone, from, to },
    createdAt: new Date(createdAt).toISOString(),
    files: { json: key('json'), csv: key('csv'), html: key('html'), mail: key('mail') },
    deduplicationId: `${id}-r${revision}`,
  };
}
