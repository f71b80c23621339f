import type { StoredReport } from './reports-store.ts';

/** The files of each revision. */
export const REPORT_FILES = {
  json: 'report.json',
  csv: 'report.csv',
  html: 'report.html',
  mail: 'mail.eml',
} as const;

export type ReportFile = keyof typeof REPORT_FILES;

type NamedReport = Pick<StoredReport, 'kind' | 'id'>;

/** The key of a file of a revision in the bucket of reports: `reports/daily/2026-01-20/r1/report.json`. */
export function reportFileKey(report: NamedReport, revision: number, file: ReportFile): string {
  return `${folderOf('reports', report)}r${revision}/${REPORT_FILES[file]}`;
}

/** The object that names a report's newest revision. */
export function latestKey(report: NamedReport): string {
  return `${folderOf('reports', report)}latest.json`;
}

/** A `report.json` whose revision is not decided: `drafts/daily/2026-01-20/<sha256>.json`. */
export function draftKey(report: NamedReport, sha256: string): string {
  return `${folderOf('drafts', report)}${sha256}.json`;
}

/**
 * The folders of everything that the bucket holds of a report. An erasure goes through them in this order: a run makes
 * files of a draft, and makes them again if the draft has changed after that.
 */
export function reportFolders(report: NamedReport): readonly string[] {
  return [folderOf('drafts', report), folderOf('reports', report)];
}

function folderOf(area: 'reports' | 'drafts', { kind, id }: NamedReport): string {
  return `${area}/${kind}/${id.slice(kind.length + 1)}/`;
}
