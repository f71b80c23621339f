import type { Route } from '../http/route.ts';
import { createAnswerReport, createListReports, type ReportsDeps } from './answer-reports.ts';

/** The routes of the function `reports`. */
export function createReportsRoutes(deps: ReportsDeps): Route[] {
  return [
    { method: 'GET', path: '/v1/reports', access: 'reports:read', answer: createListReports(deps) },
    { method: 'GET', path: '/v1/reports/{id}', access: 'reports:read', answer: createAnswerReport(deps) },
  ];
}
