import type { Route } from '../http/route.ts';
import { createAnswerAvatar } from './answer-avatar.ts';
import type { AvatarsDeps } from './avatars-deps.ts';

/** The routes of avatars, in the function `users`. */
export function createAvatarsRoutes(deps: AvatarsDeps): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/users/{userId}/avatar',
      access: 'users:write',
      // Anybody who has the address may upload.
      secrets: ['upload'],
      answer: createAnswerAvatar(deps),
    },
  ];
}
