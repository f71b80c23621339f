import { loadLate } from '@weir/late-loading';
import { problem } from '../http/answers/problem.ts';
import type { Route } from '../http/route.ts';
import { answerDeliveries, answerDelivery } from './deliveries/answer-deliveries.ts';
import { retryDelivery } from './deliveries/retry-delivery.ts';
import { sendTest } from './deliveries/send-test.ts';
import { answerEndpoint, answerEndpoints, removeEndpoint } from './endpoints/answer-endpoints.ts';
import type { WebhooksDeps } from './endpoints/webhooks-deps.ts';

const ENDPOINTS = '/v1/webhooks';
const ENDPOINT = `${ENDPOINTS}/{id}`;
const DELIVERIES = `${ENDPOINT}/deliveries`;
const DELIVERY = `${DELIVERIES}/{deliveryId}`;
const READ = 'webhooks:read';
const WRITE = 'webhooks:write';

const ONLY_WHOLE_KEYS = problem(
  'forbidden',
  'the key is limited to action prefixes, and endpoints are told about all actions',
);

// Only requests with a body need the checks of bodies.
const loadCreate = loadLate(() => import('./endpoints/create-endpoint.ts'));
const loadChange = loadLate(() => import('./endpoints/change-endpoint.ts'));
const loadRotate = loadLate(() => import('./endpoints/rotate-secret.ts'));
const loadRecover = loadLate(() => import('./deliveries/recover-deliveries.ts'));

/** The routes of the function `webhooks`. */
export function createWebhooksRoutes(deps: WebhooksDeps): Route[] {
  return [...endpointRoutes(deps), ...deliveryRoutes(deps)].map((route) => ({
    ...route,
    answer: async (input) => (input.principal.actionPrefixes ? ONLY_WHOLE_KEYS : route.answer(input)),
  }));
}

function endpointRoutes(deps: WebhooksDeps): Route[] {
  const create: Route['answer'] = async (input) => (await loadCreate()).createEndpoint(deps, input);
  const change: Route['answer'] = async (input) => (await loadChange()).changeEndpoint(deps, input);
  const rotate: Route['answer'] = async (input) => (await loadRotate()).rotateSecret(deps, input);
  const secrets = ['secret'];
  return [
    { method: 'GET', path: ENDPOINTS, access: READ, takesQuery: true, answer: (input) => answerEndpoints(deps, input) },
    { method: 'POST', path: ENDPOINTS, access: WRITE, secrets, answer: create },
    { method: 'GET', path: ENDPOINT, access: READ, answer: (input) => answerEndpoint(deps, input) },
    { method: 'PATCH', path: ENDPOINT, access: WRITE, answer: change },
    { method: 'DELETE', path: ENDPOINT, access: WRITE, answer: (input) => removeEndpoint(deps, input) },
    { method: 'POST', path: `${ENDPOINT}/rotate-secret`, access: WRITE, secrets, answer: rotate },
  ];
}

function deliveryRoutes(deps: WebhooksDeps): Route[] {
  const recover: Route['answer'] = async (input) => (await loadRecover()).recoverDeliveries(deps, input);
  return [
    { method: 'POST', path: `${ENDPOINT}/test`, access: WRITE, answer: (input) => sendTest(deps, input) },
    { method: 'POST', path: `${ENDPOINT}/recover`, access: WRITE, answer: recover },
    {
      method: 'GET',
      path: DELIVERIES,
      access: READ,
      takesQuery: true,
      answer: (input) => answerDeliveries(deps, input),
    },
    { method: 'GET', path: DELIVERY, access: READ, answer: (input) => answerDelivery(deps, input) },
    { method: 'POST', path: `${DELIVERY}/retry`, access: WRITE, answer: (input) => retryDelivery(deps, input) },
  ];
}
