import type { Parameters } from './parameters.ts';
import { rangeProblems } from './range-problems.ts';

/** More would be a mistake before it is a wish: ask AWS first how many calls the account may run at once. */
const MAX_INSTANCES = 1000;
const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

/** What is wrong with the instances that wait for calls, and with the hours in which they do: a sentence for each. */
export function provisionedProblems(parameters: Parameters): string[] {
  const { provisionedConcurrency, provisionedAtRest, provisionedFrom: from, provisionedUntil: until } = parameters;
  if (Number(provisionedConcurrency ?? 0) === 0) return [];
  const why = 'so many instances of a function wait for calls; 0 is none';
  const rest = 'from 0 on, Lambda forgets the setting, and the next deployment fails';
  return [
    ...rangeProblems('provisionedConcurrency', provisionedConcurrency, { min: 1, max: MAX_INSTANCES, why }),
    ...rangeProblems('provisionedAtRest', provisionedAtRest, { min: 1, max: MAX_INSTANCES, why: rest }),
    ...hoursProblems(String(from ?? ''), String(until ?? '')),
    ...canaryProblems(parameters),
  ];
}

function hoursProblems(from: string, until: string): string[] {
  if (from === '' && until === '') return [];
  if (TIME_OF_DAY.test(from) && TIME_OF_DAY.test(until) && from !== until) return [];
  return [
    `- provisionedFrom and provisionedUntil are ${JSON.stringify(from)} and ${JSON.stringify(until)}, and must be two times of the day, like 07:00 and 19:30, or both empty`,
  ];
}

/** Lambda takes no weights for an alias with provisioned concurrency: the stack would stay in UPDATE_ROLLBACK_FAILED. */
function canaryProblems({ canary = 'none' }: Parameters): string[] {
  if (canary === 'none') return [];
  return [
    `- provisionedConcurrency and the canary ${canary} exclude each other: Lambda divides no calls between instances that wait; set one to 0, or the other to none`,
  ];
}
