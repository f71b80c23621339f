import { loadLate } from '@weir/late-loading';
import type { Route } from '../http/route.ts';
import { createAnswerAlert, createListAlerts, createRemoveAlert } from './answers/answer-alerts.ts';
import { createListFirings } from './firings/answer-firings.ts';
import type { AlertsDeps } from './rule/alerts-deps.ts';

// Only these need the checks of bodies.
const loadCreateAlert = loadLate(() => import('./answers/create-alert.ts'));
const loadChangeAlert = loadLate(() => import('./answers/change-alert.ts'));
const loadAnswerPreview = loadLate(() => import('./preview/answer-preview.ts'));

/** The routes of rules. */
export function createAlertsRoutes(deps: AlertsDeps): Route[] {
  const [all, one] = ['/v1/alerts', '/v1/alerts/{id}'];
  return [
    { method: 'GET', path: all, access: 'alerts:read', takesQuery: true, answer: createListAlerts(deps) },
    {
      ...{ method: 'POST', path: all, access: 'alerts:write' },
      answer: async (input) => (await loadCreateAlert()).createAlert(deps, input),
    },
    {
      ...{ method: 'POST', path: '/v1/alerts/preview', access: 'alerts:write' },
      answer: async (input) => (await loadAnswerPreview()).answerPreview(deps, input),
    },
    { method: 'GET', path: one, access: 'alerts:read', answer: createAnswerAlert(deps) },
    {
      ...{ method: 'PATCH', path: one, access: 'alerts:write' },
      answer: async (input) => (await loadChangeAlert()).changeAlert(deps, input),
    },
    { method: 'DELETE', path: one, access: 'alerts:write', answer: createRemoveAlert(deps) },
    { method: 'GET', path: `${one}/firings`, access: 'alerts:read', takesQuery: true, answer: createListFirings(deps) },
  ];
}
