import type { Flight } from './flights.ts';

/** An event as a producer sends it. */
export interface SampleEvent {
  readonly id: string;
  readonly userId: string;
  readonly action: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly value: number;
}

/** The actions of the sample begin with this. */
export const FLIGHT_ACTION_PREFIX = 'departure.';

/**
 * The flights as events, moved in time: the last one leaves at `lastDeparture`. An id is made of the tag and the row:
 * the same tag sends the same events again, another tag sends new ones.
 */
export function flightEvents(flights: readonly Flight[], tag: string, lastDeparture: number): SampleEvent[] {
  const latest = flights.reduce((last, { departure }) => Math.max(last, departure), Number.NEGATIVE_INFINITY);
  return flights.map(({ departure, delayMinutes, origin, destination }, row) => ({
    id: `flight-${tag}-${row}`,
    userId: `${origin}-${destination}`,
    action: `${FLIGHT_ACTION_PREFIX}${origin}`,
    timestamp: departure - latest + lastDeparture,
    value: delayMinutes,
  }));
}
