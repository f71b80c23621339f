import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeStreamSummaryCommand } from '@aws-sdk/client-kinesis';
import type { ApiClient } from '../api-client/api-client.ts';
import { FLIGHT_ACTION_PREFIX, flightEvents } from './flight-events.ts';
import { readFlights } from './flights.ts';
import { rememberLoad, type SampleLoad } from './sample-state.ts';
import { type StreamTarget, sendToStream } from './send-to-stream.ts';

const POLL_MS = 250;

/** Sends the sample as soon as the stream exists; resolves with the number of its events. */
export async function loadSample(target: StreamTarget, load: SampleLoad, stateFile: string): Promise<number> {
  const events = flightEvents(await readFlights(), load.tag, load.lastDeparture);
  await untilActive(target);
  rememberLoad(stateFile, load);
  await sendToStream(target, events);
  rememberLoad(stateFile, { ...load, complete: true });
  return events.length;
}

async function untilActive({ client, streamName }: StreamTarget): Promise<void> {
  const command = new DescribeStreamSummaryCommand({ StreamName: streamName });
  for (;;) {
    const answer = await client.send(command).catch((error: Error) => {
      if (error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    });
    if (answer?.StreamDescriptionSummary?.StreamStatus === 'ACTIVE') return;
    await sleep(POLL_MS);
  }
}

/** How many flights the API has counted. */
export async function countedFlights(api: ApiClient): Promise<number> {
  const actions = await api.actions();
  return actions
    .filter(({ action }) => action.startsWith(FLIGHT_ACTION_PREFIX))
    .reduce((sum, { count }) => sum + count, 0);
}

/** Resolves with the count once it has reached `atLeast`, or with the last count when the time is over. */
export async function untilFlightsCounted(api: ApiClient, atLeast: number, timeoutMs: number): Promise<number> {
  const deadline = performance.now() + timeoutMs;
  let counted = await countedFlights(api);
  while (counted < atLeast && performance.now() < deadline) {
    await sleep(POLL_MS);
    counted = await countedFlights(api);
  }
  return counted;
}
