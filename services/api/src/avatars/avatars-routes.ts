import type { Route } from '../http/route.ts';
import { createAnswerAvatar } from './answer-avatar.ts';
import type { AvatarsDeps } from './avatars-deps.ts';

/** What the function `users` answers about avatars. */
export function createAvatarsRoutes(deps: AvatarsDeps): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/users/{userId}/avatar',
      access: 'users:write',
      // The address is a permission.
      secrets: ['upload'],
      answer: createAnswerAvatar(deps),
    },
  ];
}
