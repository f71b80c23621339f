import type { ApiClient } from '../api-client/api-client.ts';
import { mapConcurrently } from '../api-client/map-concurrently.ts';
import type { SampleEvent } from '../sample/flight-events.ts';
import { type StreamTarget, sendToStream } from '../sample/send-to-stream.ts';

/** The API takes 500 events a request. */
const MAX_EVENTS_PER_REQUEST = 500;

/** The two ways in. */
export interface Doors {
  readonly api: ApiClient;
  readonly stream: StreamTarget;
}

/** How many events went each way. */
export interface Sent {
  readonly overHttp: number;
  readonly byKinesis: number;
  readonly sentTwice: number;
}

/**
 * Sends half of the events each way, and some of each half a second time, the same way and the other way. The last part
 * of each half goes after the copies: when it has been counted, the copies have been counted too.
 */
export async function sendFlights({ api, stream }: Doors, events: readonly SampleEvent[]): Promise<Sent> {
  const http = events.filter((_event, row) => row % 2 === 0);
  const kinesis = events.filter((_event, row) => row % 2 === 1);
  const kept = MAX_EVENTS_PER_REQUEST;
  await Promise.all([sendOverHttp(api, http.slice(kept)), sendToStream(stream, kinesis.slice(kept))]);
  const httpCopies = http.slice(-2 * kept);
  const kinesisCopies = kinesis.slice(-2 * kept);
  await Promise.all([sendOverHttp(api, httpCopies), sendToStream(stream, kinesisCopies)]);
  await Promise.all([sendOverHttp(api, kinesisCopies.slice(kept)), sendToStream(stream, httpCopies.slice(kept))]);
  await Promise.all([sendOverHttp(api, http.slice(0, kept)), sendToStream(stream, kinesis.slice(0, kept))]);
  const sentTwice = httpCopies.length + kinesisCopies.length;
  return { overHttp: http.length, byKinesis: kinesis.length, sentTwice };
}

async function sendOverHttp(api: ApiClient, events: readonly SampleEvent[]): Promise<void> {
  const requests: SampleEvent[][] = [];
  for (let start = 0; start < events.length; start += MAX_EVENTS_PER_REQUEST) {
    requests.push(events.slice(start, start + MAX_EVENTS_PER_REQUEST));
  }
  await mapConcurrently(requests, 2, (request) => api.sendEvents(request));
}
