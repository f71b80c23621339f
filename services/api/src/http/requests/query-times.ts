import { parseTime, suggestForSeconds } from '../../times/parse-time.ts';
import type { Fault } from '../answers/problem.ts';

/** The `from` and `to` of a query, undefined if they are missing or not valid times, and their faults. */
export interface QueryTimes {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly faults: readonly Fault[];
}

/** Reads the times of a query. */
export function parseTimes(values: { readonly from?: string; readonly to?: string }): QueryTimes {
  const faults: Fault[] = [];
  const read = (parameter: 'from' | 'to'): number | undefined => {
    const text = values[parameter];
    const time = text === undefined ? undefined : parseTime(text);
    if (text !== undefined && time === undefined) {
      const detail = suggestForSeconds(text) ?? 'must be an RFC 3339 time or epoch milliseconds, from 1970 to 9999';
      faults.push({ parameter, detail });
    }
    return time;
  };
  return { from: read('from'), to: read('to'), faults };
}
