import type { Route } from '../http/route.ts';
import { type AcceptEventsDeps, createAcceptEvents } from './accept-events.ts';

/** The routes of the function `events`. */
export function createEventsRoutes(deps: AcceptEventsDeps): Route[] {
  return [{ method: 'POST', path: '/v1/events', access: 'events:write', answer: createAcceptEvents(deps) }];
}
