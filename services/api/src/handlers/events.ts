import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { list, readConfig, runtimeFields, text } from '@weir/config';
import { createTelemetry } from '@weir/logging';
import type { APIGatewayProxyHandler } from 'aws-lambda';
import { createKinesisEventStream } from '../aws/kinesis-event-stream.ts';
import { createEventsRoutes } from '../events/events-routes.ts';
import { PUT_BUDGET_MS } from '../events/limits.ts';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { createStageLimit, limitFields } from '../rate-limit/stage-limit.ts';
import { createStageRedis } from '../redis/stage-redis.ts';
import { createServe } from '../serve/serve.ts';
import { createStageRunOnce, idempotencyFields } from '../serve/stage-run-once.ts';

const config = readConfig({
  ...runtimeFields,
  ...limitFields,
  ...idempotencyFields,
  streamName: text('WEIR_STREAM_NAME'),
  corsOrigins: list('WEIR_CORS_ORIGINS'),
});
const { log, meter, observe } = createTelemetry(config);
const now = () => Date.now();

const stream = createKinesisEventStream({
  client: new KinesisClient({}),
  streamName: config.streamName,
  budgetMs: PUT_BUDGET_MS,
  now,
  random: Math.random,
  sleep,
  log,
});

const redis = createStageRedis({ url: config.redisUrl, now, meter, log });
const serve = createServe({
  routes: createEventsRoutes({ stream, now, newId: randomUUID, meter }),
  authenticate: createAuthenticate({ log, now }),
  limitRate: createStageLimit({ config, redis, now }),
  runOnce: createStageRunOnce({ config, meter, log }),
  corsOrigins: config.corsOrigins,
  log,
});

/** `POST /v1/events`. */
export const handler: APIGatewayProxyHandler = (event, context) =>
  observe({ context, correlationId: event.requestContext.requestId }, () => serve(event, context));
