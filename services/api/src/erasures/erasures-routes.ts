import type { Route } from '../http/route.ts';
import { answerDelete, answerReceipt, type ErasureRoutesDeps } from './answer-erasures.ts';

/** The routes that erase a user and read the receipt. */
export function createErasureRoutes(deps: ErasureRoutesDeps): Route[] {
  return [
    {
      method: 'DELETE',
      path: '/v1/users/{userId}',
      access: 'users:write',
      answer: (input) => answerDelete(deps, input),
    },
    { method: 'GET', path: '/v1/erasures/{id}', access: 'users:read', answer: (input) => answerReceipt(deps, input) },
  ];
}
