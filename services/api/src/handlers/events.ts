import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { readConfig, text } from '@weir/config';
import { createKinesisEventStream } from '../aws/kinesis-event-stream.ts';
import { createEventsRoutes } from '../events/events-routes.ts';
import { PUT_BUDGET_MS } from '../events/limits.ts';
import { createRoutesHandler } from '../serve/routes-handler.ts';
import { createStageDeps, stageFields } from '../serve/stage-deps.ts';
import { createStageRunOnce, idempotencyFields } from '../serve/stage-run-once.ts';

const config = readConfig({ ...stageFields, ...idempotencyFields, streamName: text('WEIR_STREAM_NAME') });
const now = () => Date.now();
const stage = createStageDeps(config, now);
const { log, meter } = stage;

const stream = createKinesisEventStream({
  client: new KinesisClient({}),
  streamName: config.streamName,
  budgetMs: PUT_BUDGET_MS,
  now,
  random: Math.random,
  sleep,
  log,
});

/** `POST /v1/events`. */
export const handler = createRoutesHandler(stage, {
  routes: createEventsRoutes({ stream, now, newId: randomUUID, meter }),
  runOnce: createStageRunOnce({ config, meter, log }),
});
