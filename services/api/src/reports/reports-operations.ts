import { REPORT_KINDS } from '@weir/dynamodb/reports';
import { MAX_PAGE } from '../http/requests/page-query.ts';
import { problems, success } from '../openapi/parts/answers.ts';
import { inPath, inQuery, objectSchema, type Part, refTo, timeSchema } from '../openapi/parts/schema-parts.ts';
import { DEFAULT_REPORTS_PAGE, LISTED_KINDS } from './answer-reports.ts';
import { jobsOperations, jobsSchemas } from './jobs/jobs-operations.ts';
import { linksSchema } from './links/links-schema.ts';

const REPORT = {
  ...{ id: 'daily-2025-11-24', kind: 'daily', status: 'done', revision: 1, timeZone: 'Europe/Vienna' },
  ...{ from: '2025-11-23T23:00:00.000Z', to: '2025-11-24T23:00:00.000Z' },
  ...{ createdAt: '2025-11-25T01:10:02.114Z', revisedAt: '2025-11-25T01:10:02.114Z' },
};
const link = (file: string) => `https://s3.example.com/reports/daily/2025-11-24/r1/${file}?X-Amz-Signature=0b6f`;
const LINKS = {
  ...{ json: link('report.json'), csv: link('report.csv'), html: link('report.html') },
  expiresAt: '2025-11-25T08:15:00.000Z',
};

const listReports = {
  operationId: 'listReports',
  summary: 'List reports',
  description:
    'The newest first. A daily report shows all actions, so a key with `actionPrefixes` sees none of them, and must name another kind. Of the reports that were asked for, it sees its own.',
  parameters: [
    inQuery('kind', 'The kind of reports', { type: 'string', enum: LISTED_KINDS, default: 'daily' }),
    inQuery('cursor', 'The cursor of the page before, with the same kind', { type: 'string' }),
    inQuery('limit', 'The most items on the page', {
      type: 'integer',
      minimum: 1,
      maximum: MAX_PAGE,
      default: DEFAULT_REPORTS_PAGE,
    }),
  ],
  responses: {
    200: success('One page', 'Reports', { items: [REPORT] }),
    ...problems('invalid-parameter', 'unauthorized', 'forbidden'),
  },
};

const getReport = {
  operationId: 'getReport',
  summary: 'Read a report',
  description:
    'A report that was asked for, with the state of its work; or the newest revision of a daily report. If the report is done, there are links to its files. Each request signs new links, which need no key and are valid for 15 minutes.',
  parameters: [inPath('id', 'A report’s id, from the list of reports', { type: 'string', example: REPORT.id })],
  responses: {
    200: success('The report', 'Report', { ...REPORT, links: LINKS }),
    ...problems('invalid-path', 'unauthorized', 'forbidden', 'resource-not-found'),
  },
};

/** The operations of the reports' routes by path and method. */
export const reportsOperations = {
  '/v1/reports': { get: listReports, ...jobsOperations['/v1/reports'] },
  '/v1/reports/{id}': { get: getReport, ...jobsOperations['/v1/reports/{id}'] },
};

const reportFields = {
  id: { type: 'string' },
  kind: { type: 'string', enum: REPORT_KINDS },
  status: { type: 'string', enum: ['done'] },
  revision: { type: 'integer', minimum: 1, description: 'Grows when late events change the figures' },
  timeZone: { type: 'string', description: 'The time zone of its day' },
  from: { ...timeSchema, description: 'Inclusive' },
  to: { ...timeSchema, description: 'Exclusive' },
  createdAt: timeSchema,
  revisedAt: timeSchema,
};

/** The schemas that the reports' operations refer to. */
export const reportsSchemas: Part = {
  ...jobsSchemas,
  DailyReportSummary: objectSchema('A daily report, without its files', reportFields),
  ReportSummary: { description: 'A report, without its files', anyOf: [refTo('DailyReportSummary'), refTo('Job')] },
  Reports: objectSchema(
    'One page of reports',
    {
      items: { type: 'array', items: refTo('ReportSummary') },
      cursor: { type: 'string', description: 'The cursor of the next page; absent on the last page' },
    },
    ['cursor'],
  ),
  DailyReport: objectSchema('A daily report', { ...reportFields, links: linksSchema }),
  Report: { description: 'A report: of a day, or one that was asked for', anyOf: [refTo('DailyReport'), refTo('Job')] },
};
