import { checkEvent, checkText, type EventFault, findEventFaults, findTextFaults, MAX_EVENT_BYTES } from '@weir/events';
import { mayUseAction } from '@weir/keys';
import type { Meter } from '@weir/logging';
import { type Problem, problem, unavailable } from '../http/answers/problem.ts';
import { type ApiResponse, json } from '../http/answers/response.ts';
import type { Principal } from '../http/callers/principal.ts';
import type { RouteInput } from '../http/route.ts';
import { readIdempotencyKey } from '../idempotency/read-idempotency-key.ts';
import type { EventStream, StreamEntry } from './event-stream.ts';
import { deriveEventId, onOneLine, withId } from './name-event.ts';
import { readEvents, type SentEvent } from './read-events.ts';

/** Dependencies of `createAcceptEvents`. */
export interface AcceptEventsDeps {
  readonly stream: EventStream;
  readonly now: () => number;
  /** Makes a random id, for events without an id from which none can be derived. */
  readonly newId: () => string;
  readonly meter: Meter;
}

/** One fault of an event. The pointer leads into the body. */
interface Fault {
  readonly pointer: string;
  readonly reason: string;
  readonly detail: string;
}

/** A refused event as the answer shows it: its first fault, and all of its faults. */
interface Rejection extends Fault {
  readonly index: number;
  readonly errors: readonly Fault[];
}

/** Makes an id for an event without one, from its index in the request. */
type NameEvent = (index: number) => string;

/** Why an event is refused: the reasons of the contract, and one reason of the key. */
type EventRefusal = Pick<EventFault, 'pointer' | 'detail'> & {
  readonly reason: EventFault['reason'] | 'action-not-allowed';
};

/** The values by which all events of a request are judged. */
interface Terms {
  readonly principal: Principal;
  readonly arrival: number;
  readonly name: NameEvent;
}

/** Answers `POST /v1/events`. Every event that a 202 counts as accepted is on the stream. */
export function createAcceptEvents(deps: AcceptEventsDeps): (input: RouteInput) => Promise<ApiResponse | Problem> {
  return async (input) => {
    const name = chooseNames(deps, input);
    if (typeof name !== 'function') return name;
    const read = readEvents(input.request);
    if (read.kind === 'problem') return read;
    const { entries, rejected } = sift(read.events, { principal: input.principal, arrival: deps.now(), name });
    if (entries.length > 0) {
      const put = await deps.stream.put(entries);
      if (put.kind === 'unavailable') {
        return unavailable(`${put.missing} of ${entries.length} events could not be stored; send the request again`);
      }
    }
    deps.meter.count('EventsAccepted', entries.length);
    deps.meter.count('EventsRejected', rejected.length);
    return entries.length > 0 ? json(202, { accepted: entries.length, rejected }) : noneAccepted(rejected);
  };
}

function chooseNames(deps: AcceptEventsDeps, { request, principal }: RouteInput): NameEvent | Problem {
  const idempotencyKey = readIdempotencyKey(request);
  if (idempotencyKey === undefined) return () => deps.newId();
  if (typeof idempotencyKey !== 'string') return idempotencyKey;
  return (index) => deriveEventId({ keyId: principal.keyId, idempotencyKey, index });
}

function sift(events: readonly SentEvent[], terms: Terms): { entries: StreamEntry[]; rejected: Rejection[] } {
  const entries: StreamEntry[] = [];
  const rejected: Rejection[] = [];
  for (const [index, sent] of events.entries()) {
    const admitted = admit(sent, index, terms);
    if ('data' in admitted) entries.push(admitted);
    else rejected.push(reject(index, admitted));
  }
  return { entries, rejected };
}

/** The event in its form on the stream, or all of its faults. */
function admit(sent: SentEvent, index: number, terms: Terms): StreamEntry | readonly EventRefusal[] {
  const checked = checkEvent(sent.value, terms.arrival);
  if (!checked.ok || checkText(sent.text) || !mayUseAction(terms.principal, checked.action)) {
    return findRefusals(sent, terms);
  }
  const id = checked.id ?? terms.name(index);
  const data = onOneLine(checked.id === undefined ? withId(sent.text, id) : sent.text);
  const tooLarge = findExcess(data);
  return tooLarge ? [tooLarge] : { partitionKey: id, data };
}

function findRefusals({ value, text }: SentEvent, { principal, arrival }: Terms): EventRefusal[] {
  const faults: EventRefusal[] = [...findEventFaults(value, arrival)];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return faults;
  faults.push(...findTextFaults(text));
  const tooLarge = findExcess(text);
  if (tooLarge) faults.push(tooLarge);
  const { action } = value as { readonly action?: unknown };
  const isAction = typeof action === 'string' && !faults.some(({ pointer }) => pointer === '/action');
  if (!isAction || mayUseAction(principal, action)) return faults;
  const detail = `the key is limited to actions that begin with ${principal.actionPrefixes?.join(', ')}`;
  return [...faults, { reason: 'action-not-allowed', pointer: '/action', detail }];
}

function findExcess(text: string): EventRefusal | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_EVENT_BYTES) return undefined;
  const detail = `the event with its id has ${bytes} bytes, at most ${MAX_EVENT_BYTES} are accepted`;
  return { reason: 'too-large', pointer: '', detail };
}

function reject(index: number, refusals: readonly EventRefusal[]): Rejection {
  const errors = refusals.map(({ pointer, reason, detail }) => {
    return { pointer: `/events/${index}${pointer}`, reason, detail };
  });
  return { index, ...(errors[0] as Fault), errors };
}

function noneAccepted(rejected: readonly Rejection[]): Problem {
  const errors = rejected.flatMap((each) => each.errors);
  return problem('no-valid-event', `all ${rejected.length} events were refused`, { errors });
}
