import type { Route } from '../http/route.ts';
import {
  createAnswerNewReport,
  createAnswerReport,
  createCancelReport,
  createListReports,
  type ReportsDeps,
} from './answer-reports.ts';

/** The routes of reports. */
export function createReportsRoutes(deps: ReportsDeps): Route[] {
  const one = '/v1/reports/{id}';
  return [
    { method: 'GET', path: '/v1/reports', access: 'reports:read', takesQuery: true, answer: createListReports(deps) },
    { method: 'POST', path: '/v1/reports', access: 'reports:write', answer: createAnswerNewReport(deps) },
    { method: 'GET', path: one, access: 'reports:read', answer: createAnswerReport(deps) },
    { method: 'DELETE', path: one, access: 'reports:write', answer: createCancelReport(deps) },
  ];
}
