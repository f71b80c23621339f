import type { Route } from '../http/route.ts';
import { createAnswerActions, createAnswerSeries, type MetricsDeps } from './answer-metrics.ts';

/** The routes of the function `metrics`. */
export function createMetricsRoutes(deps: MetricsDeps): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/metrics/{action}',
      access: 'metrics:read',
      takesQuery: true,
      answer: createAnswerSeries(deps),
    },
    { method: 'GET', path: '/v1/actions', access: 'metrics:read', takesQuery: true, answer: createAnswerActions(deps) },
  ];
}
