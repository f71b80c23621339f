import { type Problem, problem } from '../http/answers/problem.ts';
import { readJsonBody } from '../http/bodies/read-json-body.ts';
import type { ApiRequest } from '../http/requests/request.ts';
import { MAX_BODY_BYTES, MAX_EVENTS } from './limits.ts';
import { sliceEvents } from './slice-events.ts';

/** Fields that show that an object is an event. */
const FIELDS = ['userId', 'action', 'timestamp'] as const;

/** One event of a request: the value to check, and the text to store. */
export interface SentEvent {
  readonly value: unknown;
  readonly text: string;
}

/** Reads the events of a request's body. They are not checked yet. */
export function readEvents(request: ApiRequest): { kind: 'events'; events: SentEvent[] } | Problem {
  const body = readJsonBody(request, MAX_BODY_BYTES);
  if (body.kind === 'problem') return body;
  const { value, text } = body;
  if (Array.isArray(value)) return refuse('', 'the body is an array: send it as {"events":[…]}');
  if (typeof value !== 'object' || value === null) return refuse('', 'the body must be an object: {"events":[…]}');
  if (!Object.hasOwn(value, 'events')) {
    const isEvent = FIELDS.some((field) => Object.hasOwn(value, field));
    return refuse('/events', isEvent ? 'this is one event: send it as {"events":[{…}]}' : 'events is missing');
  }
  const { events: values } = value as { readonly events: unknown };
  if (!Array.isArray(values)) return refuse('/events', 'events must be an array, also for one event: {"events":[{…}]}');
  if (values.length === 0) return refuse('/events', 'events is empty');
  if (values.length > MAX_EVENTS) {
    return refuse(
      '/events',
      `events has ${values.length} elements, at most ${MAX_EVENTS} are accepted: send several requests`,
    );
  }
  const texts = sliceEvents(text);
  return { kind: 'events', events: values.map((each, index) => ({ value: each, text: texts[index] ?? '' })) };
}

function refuse(pointer: string, detail: string): Problem {
  return problem('invalid-body', detail, { errors: [{ pointer, detail }] });
}
