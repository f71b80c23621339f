import { join } from 'node:path';
import type { ApiClient } from '../api-client/api-client.ts';
import { LOCAL_STAGE } from '../local-stage/local-stage.ts';
import { loadSample, untilFlightsCounted } from './load-sample.ts';
import { createLocalKinesisClient } from './local-kinesis-client.ts';
import { newLoad, planSample, type SampleLoad } from './sample-state.ts';

const COUNTING_TIMEOUT_MS = 60_000;

/** The result for the sample. */
export type SampleOutcome =
  | 'loaded'
  | 'already there'
  | 'left out'
  | 'interrupted long ago: npm run reset starts anew'
  | 'still being counted';

/** A loading that runs beside the rest of the start. */
export interface SampleLoading {
  /** Resolves when every flight has been counted, or with the reason why none was loaded. */
  finish(api: ApiClient): Promise<SampleOutcome>;
}

/** Where the sample goes, and whether it is wanted. */
export interface SampleLoadingOptions {
  readonly awsUrl: string;
  readonly dataDir: string;
  readonly hadStore: boolean;
  readonly empty: boolean;
}

/** Starts sending the sample if the store is certainly empty; otherwise `finish` asks the API first. */
export function startSampleLoading({ awsUrl, dataDir, hadStore, empty }: SampleLoadingOptions): SampleLoading {
  const stateFile = join(dataDir, 'sample.json');
  if (empty) return { finish: async () => 'left out' };
  const send = (load: SampleLoad): Promise<number> => sendSample(awsUrl, load, stateFile);
  const plan = planSample(stateFile, hadStore, Date.now());
  if (plan.outcome === 'load' || plan.outcome === 'resume') {
    const sending = send(plan.load);
    // Awaited in `finish`; until then a failure must not end the process.
    sending.catch(() => {});
    return { finish: async (api) => untilCounted(api, await sending) };
  }
  if (plan.outcome === 'ask') {
    return {
      finish: async (api) =>
        (await api.actions()).length > 0 ? 'already there' : untilCounted(api, await send(newLoad(Date.now()))),
    };
  }
  return {
    finish: async () =>
      plan.outcome === 'cut-off' ? 'interrupted long ago: npm run reset starts anew' : 'already there',
  };
}

async function sendSample(awsUrl: string, load: SampleLoad, stateFile: string): Promise<number> {
  const client = createLocalKinesisClient(awsUrl, LOCAL_STAGE.region);
  try {
    return await loadSample({ client, streamName: LOCAL_STAGE.stream }, load, stateFile);
  } finally {
    client.destroy();
  }
}

async function untilCounted(api: ApiClient, sent: number): Promise<SampleOutcome> {
  const counted = await untilFlightsCounted(api, sent, COUNTING_TIMEOUT_MS);
  return counted < sent ? 'still being counted' : 'loaded';
}
