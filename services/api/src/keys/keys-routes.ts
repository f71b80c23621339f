import type { Route } from '../http/route.ts';
import { createAnswerKeys, createAnswerNewKey, createAnswerRemoveKey, type KeysDeps } from './answer-keys.ts';

/** The routes of the function `keys`. */
export function createKeysRoutes(deps: KeysDeps): Route[] {
  return [
    { method: 'GET', path: '/v1/keys', access: 'keys:read', takesQuery: true, answer: createAnswerKeys(deps) },
    { method: 'POST', path: '/v1/keys', access: 'keys:write', secrets: ['key'], answer: createAnswerNewKey(deps) },
    {
      method: 'DELETE',
      path: '/v1/keys/{id}',
      access: 'keys:write',
      takesQuery: true,
      answer: createAnswerRemoveKey(deps),
    },
  ];
}
