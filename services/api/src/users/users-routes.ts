import type { Route } from '../http/route.ts';
import { createAnswerActivity } from './answer-activity.ts';
import { createAnswerUser } from './answer-user.ts';
import { createListUsers } from './list-users.ts';
import type { UsersDeps } from './users-deps.ts';
import { createPatchUser, createPutUser } from './write-user.ts';

const USER = '/v1/users/{userId}';

/** What the function `users` answers about profiles and activity. */
export function createUsersRoutes(deps: UsersDeps): Route[] {
  return [
    { method: 'GET', path: '/v1/users', access: 'users:read', answer: createListUsers(deps) },
    { method: 'GET', path: USER, access: 'users:read', answer: createAnswerUser(deps) },
    { method: 'PUT', path: USER, access: 'users:write', answer: createPutUser(deps) },
    { method: 'PATCH', path: USER, access: 'users:write', answer: createPatchUser(deps) },
    { method: 'GET', path: `${USER}/activity`, access: 'users:read', answer: createAnswerActivity(deps) },
  ];
}
