import type { StoredAudit } from '@weir/dynamodb/audits';
import type { Job, JobFile } from '@weir/dynamodb/jobs';
import type { ReportFile, StoredReport } from '@weir/dynamodb/reports';
import { formatTime } from '../../times/parse-time.ts';

/** The files that the API links. Only the mail, which has no reader there, is not among them. */
export const LINKED_FILES = ['json', 'csv', 'html'] as const satisfies readonly ReportFile[] & readonly JobFile[];

export type LinkedFile = (typeof LINKED_FILES)[number];

/** How long a link is valid. */
export const LINK_TTL_SECONDS = 900;

/** Makes links that contain their own permission, for `LINK_TTL_SECONDS`. */
export interface ReportLinks {
  sign(report: Pick<StoredReport, 'kind' | 'id'>, revision: number, file: LinkedFile): Promise<string>;
  signJob(job: Pick<Job, 'id' | 'cut'>, file: LinkedFile): Promise<string>;
  /** The file with all differences of an audit. */
  signAudit(audit: Pick<StoredAudit, 'file'>): Promise<string>;
}

/** Links to all files of a report, signed now. */
export async function signLinks(sign: (file: LinkedFile) => Promise<string>, now: number) {
  const signed = LINKED_FILES.map(async (file) => [file, await sign(file)] as const);
  return { ...Object.fromEntries(await Promise.all(signed)), expiresAt: linksEnd(now) };
}

/** When links that are signed now end. */
export function linksEnd(now: number): string {
  return formatTime(now + LINK_TTL_SECONDS * 1000);
}
