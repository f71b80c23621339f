import { randomUUID } from 'node:crypto';
import { createArchiveClient, createS3ObjectStore } from '@weir/archive/s3';
import { tzdataVersion } from '@weir/calendar';
import { readConfig, runtimeFields, text } from '@weir/config';
import { createDynamoDbClient, createDynamoMetricsStore } from '@weir/dynamodb';
import { createDynamoAuditsStore } from '@weir/dynamodb/audits';
import { createDynamoJobsStore } from '@weir/dynamodb/jobs';
import { createMetricsReader } from '@weir/dynamodb/metrics';
import { createDynamoReportsStore } from '@weir/dynamodb/reports';
import { loadLate } from '@weir/late-loading';
import { createTelemetry } from '@weir/logging';
import { createTracing } from '@weir/logging/tracer';
import { calendarOf } from '../daily/calendar-of.ts';
import { createDailyHandler } from '../daily/schedule/daily-handler.ts';
import { createFindTopUsers } from '../daily/top-users/find-top-users.ts';
import { renderCsv } from '../render/render-csv.ts';
import { renderJson } from '../render/render-json.ts';

const config = readConfig({
  ...runtimeFields,
  metricsTable: text('WEIR_METRICS_TABLE'),
  archiveBucket: text('WEIR_ARCHIVE_BUCKET'),
  reportsTable: text('WEIR_REPORTS_TABLE'),
  reportsBucket: text('WEIR_REPORTS_BUCKET'),
  topicArn: text('WEIR_REPORT_READY_TOPIC_ARN'),
  timeZone: text('WEIR_TIME_ZONE'),
});
const { traceClient } = createTracing(config);
const now = () => Date.now();
// Most hours make no report: what draws and announces one is loaded for the first one.
const loadPage = loadLate(() => import('../render/render-html.ts'));
const loadMail = loadLate(() => import('../render/render-mail.ts'));
const loadAnnounce = loadLate(async () => {
  const { openAnnounce } = await import('../aws/open-announce.ts');
  return openAnnounce({ topicArn: config.topicArn, traceClient });
});
const client = traceClient(createDynamoDbClient());
const bucketsClient = traceClient(createArchiveClient({ requestTimeoutMs: 60_000 }));
const files = createS3ObjectStore({ client: bucketsClient, bucket: config.reportsBucket });

/** Makes the reports of the days that have ended, or that of the `date` in the event. */
export const handler = createDailyHandler({
  telemetry: createTelemetry(config),
  schedule: {
    reader: createMetricsReader({
      store: createDynamoMetricsStore({ client, tableName: config.metricsTable }),
      now,
    }),
    archive: createS3ObjectStore({ client: bucketsClient, bucket: config.archiveBucket }),
    findTopUsers: createFindTopUsers({
      jobs: createDynamoJobsStore({ client, tableName: config.reportsTable }),
      files,
      now,
    }),
    audits: createDynamoAuditsStore({ client, tableName: config.reportsTable }),
    store: createDynamoReportsStore({ client, tableName: config.reportsTable }),
    files,
    render: {
      json: renderJson,
      csv: renderCsv,
      html: async (report) => (await loadPage()).renderHtml(report),
      mail: async (report) => (await loadMail()).renderMail(report),
    },
    announce: async (announcement) => (await loadAnnounce())(announcement),
    now,
    newOwner: randomUUID,
    calendarOf,
    tzdata: tzdataVersion(),
    timeZone: config.timeZone,
  },
});
