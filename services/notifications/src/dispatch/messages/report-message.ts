import { makeMessageId } from '@weir/dynamodb/webhooks';
import type { WebhookMessage } from '@weir/webhooks';

/** A message on the topic `report-ready`, as far as it is told. Times are RFC 3339. */
export interface AnnouncedReport {
  readonly id: string;
  readonly kind: string;
  readonly revision: number;
  readonly from: string;
  readonly to: string;
  readonly createdAt: string;
}

/** A report is there. The announcement may come twice: it makes one message. */
export function reportMessage({ id, kind, revision, from, to, createdAt }: AnnouncedReport) {
  const timestamp = Date.parse(createdAt);
  return {
    ...{ id: makeMessageId(timestamp, `report.ready ${id} ${revision}`), type: 'report.ready', timestamp },
    data: { reportId: id, kind, from, to, revision, path: `/v1/reports/${id}` },
  } satisfies WebhookMessage<'report.ready'>;
}

/** Throws if the text announces no report. */
export function readAnnouncedReport(text: string): AnnouncedReport {
  const { id, kind, revision, from, to, createdAt } = JSON.parse(text) as Partial<AnnouncedReport>;
  const times = [from, to, createdAt].map((time) => Date.parse(time ?? ''));
  const isNamed = typeof id === 'string' && typeof kind === 'string' && Number.isSafeInteger(revision);
  if (!isNamed || times.some(Number.isNaN)) throw new Error(`this announces no report: ${text}`);
  const [fromText, toText, createdText] = times.map((time) => new Date(time).toISOString());
  return {
    ...{ id, kind, revision: Number(revision) },
    ...{ from: String(fromText), to: String(toText), createdAt: String(createdText) },
  };
}
