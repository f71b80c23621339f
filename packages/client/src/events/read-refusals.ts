import type { Accepted } from '../api/schemas.ts';
import type { ProblemError } from '../calls/call-errors.ts';
import type { Entry } from './entry.ts';
import { InvalidEventError } from './event-errors.ts';
import type { GivenUp } from './types.ts';

interface Refusal {
  readonly index: number;
  /** From the body. */
  readonly pointer: string;
  readonly reason?: string;
  readonly detail: string;
}

/** `/events/3/timestamp`: the index, and the pointer from the event. */
const PLACE = /^\/events\/(\d+)(.*)$/;

/** The events of a page that the API refused although it accepted others. */
export function readRejected(entries: readonly Entry[], { rejected }: Accepted): GivenUp[] {
  return rejected.flatMap((refusal) => giveUp(entries, refusal));
}

/** The events of a page that the API refused as a whole, each with its first fault. */
export function readProblem(entries: readonly Entry[], error: ProblemError): GivenUp[] {
  if (error.problem !== 'no-valid-event') return [{ events: entries.map(({ event }) => event), error }];
  const faults = error.errors.map(({ pointer = '', reason = '', detail }) => {
    return { index: Number(PLACE.exec(pointer)?.[1] ?? Number.NaN), pointer, reason, detail };
  });
  return entries.flatMap(({ event }, at) => {
    const fault = faults.find(({ index }) => index === at);
    return fault ? giveUp(entries, fault) : [{ events: [event], error }];
  });
}

function giveUp(entries: readonly Entry[], { index, pointer, reason = '', detail }: Refusal): GivenUp[] {
  const entry = entries[index];
  if (entry === undefined) return [];
  const error = new InvalidEventError(PLACE.exec(pointer)?.[2] ?? '', detail, { reason });
  return [{ events: [entry.event], error }];
}
