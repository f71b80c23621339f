import { eventSchema } from '@weir/events';
import { badParameter, type Problem } from '../../http/answers/problem.ts';
import type { RouteInput } from '../../http/route.ts';
import { userIdOf } from './user-path.ts';

/** The user of a request. */
export interface GivenUser {
  readonly kind: 'user-id';
  readonly userId: string;
}

const { minLength, maxLength } = eventSchema.properties.userId;

/** Reads the user id of a path. The contract of events limits it, counted in characters and not in UTF-16 units. */
export function readUserId({ params }: Pick<RouteInput, 'params'>): GivenUser | Problem {
  const userId = userIdOf(params.userId ?? '');
  const length = [...userId].length;
  if (length >= minLength && length <= maxLength) return { kind: 'user-id', userId };
  return badParameter('userId', `has ${length} characters, must have ${minLength} to ${maxLength}`);
}
