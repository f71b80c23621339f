import { randomBytes } from 'node:crypto';
import { readConfig, text } from '@weir/config';
import { createDynamoDbClient } from '@weir/dynamodb';
import { createDynamoAuditsStore } from '@weir/dynamodb/audits';
import { createDynamoJobsStore, JOB_ID_BYTES } from '@weir/dynamodb/jobs';
import { createDynamoReportsStore } from '@weir/dynamodb/reports';
import { loadLate } from '@weir/late-loading';
import { createAuditsRoutes } from '../audits/audits-routes.ts';
import { READ_BUDGET_MS } from '../http/answers/or-unavailable.ts';
import { LINK_TTL_SECONDS, type ReportLinks } from '../reports/links/report-links.ts';
import { createReportsRoutes } from '../reports/reports-routes.ts';
import { createRoutesHandler } from '../serve/routes-handler.ts';
import { createStageCursors, cursorFields } from '../serve/stage-cursors.ts';
import { createStageDeps, stageFields } from '../serve/stage-deps.ts';
import { createStageRunOnce, idempotencyFields } from '../serve/stage-run-once.ts';

const config = readConfig({
  ...stageFields,
  ...cursorFields,
  ...idempotencyFields,
  tableName: text('WEIR_REPORTS_TABLE'),
  bucket: text('WEIR_REPORTS_BUCKET'),
});
const now = () => Date.now();
const stage = createStageDeps(config, now);
// The client of S3 is loaded for the first report: a list has no links.
const openLinks = loadLate(async () => {
  const { openReportLinks } = await import('../aws/open-report-links.ts');
  return openReportLinks({ bucket: config.bucket, expiresInSeconds: LINK_TTL_SECONDS });
});

const links: ReportLinks = {
  sign: async (...file) => (await openLinks()).sign(...file),
  signJob: async (...file) => (await openLinks()).signJob(...file),
  signAudit: async (audit) => (await openLinks()).signAudit(audit),
};
const { log, meter } = stage;
const access = { client: createDynamoDbClient(), tableName: config.tableName };
const shared = { links, now, log, budgetMs: READ_BUDGET_MS };

/** `GET` and `POST /v1/reports`, `GET` and `DELETE /v1/reports/{id}`, `GET /v1/audits/{date}`. */
export const handler = createRoutesHandler(stage, {
  routes: [
    ...createReportsRoutes({
      ...shared,
      store: createDynamoReportsStore(access),
      jobs: createDynamoJobsStore(access),
      random: () => randomBytes(JOB_ID_BYTES),
      cursors: createStageCursors(config),
    }),
    ...createAuditsRoutes({ ...shared, audits: createDynamoAuditsStore(access) }),
  ],
  runOnce: createStageRunOnce({ config, meter, log }),
});
