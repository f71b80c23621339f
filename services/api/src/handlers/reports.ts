import { readConfig, text } from '@weir/config';
import { createDynamoDbClient } from '@weir/dynamodb';
import { createDynamoReportsStore } from '@weir/dynamodb/reports';
import { loadLate } from '@weir/late-loading';
import { READ_BUDGET_MS } from '../http/answers/or-unavailable.ts';
import { LINK_TTL_SECONDS } from '../reports/report-links.ts';
import { createReportsRoutes } from '../reports/reports-routes.ts';
import { createRoutesHandler } from '../serve/routes-handler.ts';
import { createStageCursors, cursorFields } from '../serve/stage-cursors.ts';
import { createStageDeps, stageFields } from '../serve/stage-deps.ts';

const config = readConfig({
  ...stageFields,
  ...cursorFields,
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

/** `GET /v1/reports` and `GET /v1/reports/{id}`. */
export const handler = createRoutesHandler(stage, {
  routes: createReportsRoutes({
    store: createDynamoReportsStore({ client: createDynamoDbClient(), tableName: config.tableName }),
    links: { sign: async (...file) => (await openLinks()).sign(...file) },
    cursors: createStageCursors(config),
    now,
    budgetMs: READ_BUDGET_MS,
    log: stage.log,
  }),
});
