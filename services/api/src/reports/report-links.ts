import type { ReportFile, StoredReport } from '@weir/dynamodb/reports';

/** The files that the API links. Only the mail, which has no reader there, is not among them. */
export const LINKED_FILES = ['json', 'csv', 'html'] as const satisfies readonly ReportFile[];

export type LinkedFile = (typeof LINKED_FILES)[number];

/** How long a link is valid. */
export const LINK_TTL_SECONDS = 900;

/** Makes links that contain their own permission, for `LINK_TTL_SECONDS`. */
export interface ReportLinks {
  sign(report: Pick<StoredReport, 'kind' | 'id'>, revision: number, file: LinkedFile): Promise<string>;
}
