import type { Event } from '../api/schemas.ts';

/** An event to send. Without `id` it gets one, without `timestamp` the time at which `send` was called. */
export type ClientEvent = Omit<Event, 'timestamp'> & { readonly timestamp?: number | string | Date };

/** An event that has an id: sending it again sends the same event. */
export type NamedEvent = Event & { readonly id: string };

/** Events that are given up: the API refused them, or could not be reached in time. They may be sent again. */
export interface GivenUp {
  readonly events: readonly NamedEvent[];
  readonly error: Error;
}
