import type { Route } from '../http/route.ts';
import { createAnswerActivity } from './activity/answer-activity.ts';
import { createListUsers } from './list-users.ts';
import { createAnswerUser } from './profile/answer-user.ts';
import { createPatchUser, createPutUser } from './profile/write-user.ts';
import type { UsersDeps } from './users-deps.ts';

const USER = '/v1/users/{userId}';

/** The routes of the function `users` for profiles and activity. */
export function createUsersRoutes(deps: UsersDeps): Route[] {
  return [
    { method: 'GET', path: '/v1/users', access: 'users:read', takesQuery: true, answer: createListUsers(deps) },
    { method: 'GET', path: USER, access: 'users:read', answer: createAnswerUser(deps) },
    { method: 'PUT', path: USER, access: 'users:write', answer: createPutUser(deps) },
    { method: 'PATCH', path: USER, access: 'users:write', answer: createPatchUser(deps) },
    {
      method: 'GET',
      path: `${USER}/activity`,
      access: 'users:read',
      takesQuery: true,
      answer: createAnswerActivity(deps),
    },
  ];
}
