import type { StoredReport } from '@weir/dynamodb/reports';
import { formatTime } from '../times/parse-time.ts';
import { LINK_TTL_SECONDS, LINKED_FILES, type ReportLinks } from './report-links.ts';

/** A report as answers have it: its newest finished revision. */
export function presentReport({ id, kind, finished, timeZone, from, to, createdAt, revisedAt }: StoredReport) {
  return {
    ...{ id, kind, status: 'done', revision: finished, timeZone, from: formatTime(from), to: formatTime(to) },
    ...{ createdAt: formatTime(createdAt), revisedAt: formatTime(revisedAt) },
  };
}

/** The same with links to its files, signed now. */
export async function presentWithLinks(
  report: StoredReport,
  { links, now }: { readonly links: ReportLinks; readonly now: number },
) {
  const signed = LINKED_FILES.map(async (file) => [file, await links.sign(report, report.finished, file)] as const);
  const expiresAt = formatTime(now + LINK_TTL_SECONDS * 1000);
  return { ...presentReport(report), links: { ...Object.fromEntries(await Promise.all(signed)), expiresAt } };
}
