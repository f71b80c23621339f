import { openCalendar } from '@weir/calendar/late';
import type { Question } from '@weir/dynamodb/jobs';
import type { FromSchema } from '@weir/events';
import type { Fault, Problem } from '../../http/answers/problem.ts';
import { createCheck } from '../../http/bodies/check-value.ts';
import { badBody, readBody } from '../../http/bodies/read-body.ts';
import type { ApiRequest } from '../../http/requests/request.ts';
import { parseTime, suggestForSeconds } from '../../times/parse-time.ts';
import { findRange } from './find-range.ts';
import { DEFAULT_WINDOW_SECONDS, MAX_QUESTION_BYTES } from './limits.ts';
import { QUESTION_PATTERNS, questionSchema } from './question-schema.ts';

type Body = FromSchema<typeof questionSchema>;

const ZONE_RULE = 'must be the name of a time zone, for example Europe/Berlin';

const check = createCheck(questionSchema, QUESTION_PATTERNS);

/** A checked question, with the range that is counted. */
export interface AskedQuestion {
  readonly kind: 'question';
  readonly question: Question;
}

/** Reads the body of `POST /v1/reports`. */
export async function readQuestion(request: ApiRequest, now: number): Promise<AskedQuestion | Problem> {
  const body = readBody(request, check, MAX_QUESTION_BYTES);
  if (body.kind === 'problem') return body;
  const { value } = body;
  const { kind, actions, steps } = value;
  const calendar = await openCalendar(value.timeZone ?? 'UTC');
  const [from, to] = [timeOf(value.from), timeOf(value.to)];
  const faults = [...findTimeFaults(value), ...findKindFaults(value)];
  if (!calendar) faults.push({ pointer: '/timeZone', detail: ZONE_RULE });
  if (faults.length > 0 || !calendar || from === undefined || to === undefined) return badBody(faults);
  const range = findRange({ kind, from, to }, calendar, now);
  if ('detail' in range) return badBody([range]);
  const { timeZone } = calendar;
  const funnel = kind === 'funnel' && { steps, windowSeconds: value.windowSeconds ?? DEFAULT_WINDOW_SECONDS };
  return { kind: 'question', question: { kind, ...range, timeZone, actions, ...funnel } };
}

function timeOf(given: string | number): number | undefined {
  return parseTime(String(given));
}

function findTimeFaults(body: Body): Fault[] {
  return (['from', 'to'] as const)
    .filter((name) => timeOf(body[name]) === undefined)
    .map((name) => ({
      pointer: `/${name}`,
      detail:
        suggestForSeconds(String(body[name])) ?? 'must be an RFC 3339 time or epoch milliseconds, from 1970 to 9999',
    }));
}

/** The faults of fields that only some kinds have. */
function findKindFaults({ kind, actions, steps, windowSeconds }: Body): Fault[] {
  if (kind === 'funnel') {
    const faults: Fault[] = [];
    if (actions !== undefined) {
      faults.push({ pointer: '/actions', detail: 'a funnel has steps instead: remove actions' });
    }
    if (steps === undefined) faults.push({ pointer: '/steps', detail: 'is missing: a funnel needs its steps' });
    return faults;
  }
  return Object.entries({ steps, windowSeconds })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => ({ pointer: `/${name}`, detail: `only a funnel has ${name}: remove it` }));
}
