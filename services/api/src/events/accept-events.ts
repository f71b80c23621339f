import { checkEvent, checkText, type EventFault, maxEventBytes } from '@weir/events';
import type { Meter } from '@weir/logging';
import { mayUseAction, type Principal } from '../http/principal.ts';
import { type Problem, problem, unavailable } from '../http/problem.ts';
import { type ApiResponse, json } from '../http/response.ts';
import type { RouteInput } from '../http/route.ts';
import { readIdempotencyKey } from '../idempotency/read-idempotency-key.ts';
import type { EventStream, StreamEntry } from './event-stream.ts';
import { deriveEventId, onOneLine, withId } from './name-event.ts';
import { readEvents, type SentEvent } from './read-events.ts';

/** What accepting events needs. */
export interface AcceptEventsDeps {
  readonly stream: EventStream;
  readonly now: () => number;
  /** A random id, for events that have none and cannot derive one. */
  readonly newId: () => string;
  readonly meter: Meter;
}

/** A refused event as the sender is told; the pointer leads into the body. */
interface Rejection {
  readonly index: number;
  readonly pointer: string;
  readonly reason: string;
  readonly detail: string;
}

/** Names an event that has no id, by its index in the request. */
type NameEvent = (index: number) => string;

function chooseNames(deps: AcceptEventsDeps, { request, principal }: RouteInput): NameEvent | Problem {
  const idempotencyKey = readIdempotencyKey(request);
  if (idempotencyKey === undefined) return () => deps.newId();
  if (typeof idempotencyKey !== 'string') return idempotencyKey;
  return (index) => deriveEventId({ keyId: principal.keyId, idempotencyKey, index });
}

/** Why an event is not taken: the contract's reasons, and one that is the key's. */
type Refusal = Pick<EventFault, 'pointer' | 'detail'> & {
  readonly reason: EventFault['reason'] | 'action-not-allowed';
};

/** What all events of one request are judged by. */
interface Terms {
  readonly principal: Principal;
  readonly arrival: number;
  readonly name: NameEvent;
}

/** The event as it goes on the stream, or why it does not. */
function admit(sent: SentEvent, index: number, { principal, arrival, name }: Terms): StreamEntry | Refusal {
  const checked = checkEvent(sent.value, arrival);
  if (!checked.ok) return checked;
  const found = checkText(sent.text, sent.value);
  if (found) return found;
  if (!mayUseAction(principal, checked.action)) {
    const detail = `the key is limited to actions that begin with ${principal.actionPrefixes?.join(', ')}`;
    return { reason: 'action-not-allowed', pointer: '/action', detail };
  }
  const id = checked.id ?? name(index);
  const data = onOneLine(checked.id === undefined ? withId(sent.text, id) : sent.text);
  const bytes = Buffer.byteLength(data);
  if (bytes <= maxEventBytes) return { partitionKey: id, data };
  const detail = `the event with its id has ${bytes} bytes, at most ${maxEventBytes} are accepted`;
  return { reason: 'too-large', pointer: '', detail };
}

function sift(events: readonly SentEvent[], terms: Terms): { entries: StreamEntry[]; rejected: Rejection[] } {
  const entries: StreamEntry[] = [];
  const rejected: Rejection[] = [];
  for (const [index, sent] of events.entries()) {
    const admitted = admit(sent, index, terms);
    if ('data' in admitted) entries.push(admitted);
    else {
      const { reason, pointer, detail } = admitted;
      rejected.push({ index, pointer: `/events/${index}${pointer}`, reason, detail });
    }
  }
  return { entries, rejected };
}

function noneAccepted(rejected: readonly Rejection[]): Problem {
  const errors = rejected.map(({ pointer, reason, detail }) => ({ pointer, reason, detail }));
  return problem('no-valid-event', `all ${errors.length} events were refused`, { errors });
}

/** Answers `POST /v1/events`: what a 202 counts as accepted is on the stream. */
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
