import { flag, readConfig, text } from '@weir/config';
import { createTelemetry } from '@weir/logging';
import { createResolveHost } from '@weir/webhooks/addresses';
import { createPostMessage } from '@weir/webhooks/sending';
import { openWebhooks, webhookFields } from '../aws/open-webhooks.ts';
import { createFindRecent } from '../deliver/create-find-recent.ts';
import { deliverMessage } from '../deliver/deliver-message.ts';
import { createDeliverHandler } from '../deliver/lambda/deliver-handler.ts';

const config = readConfig({
  ...webhookFields,
  slowQueueArn: text('WEIR_WEBHOOKS_SLOW_QUEUE_ARN'),
  isLocal: flag('WEIR_WEBHOOKS_TO_THIS_MACHINE'),
});
const telemetry = createTelemetry(config);
const webhooks = openWebhooks(config, () => Date.now());
const { isLocal, slowQueueArn } = config;
const { now } = webhooks;
const deps = {
  ...webhooks,
  findRecent: createFindRecent(webhooks.store, now),
  post: createPostMessage({ resolve: createResolveHost(), isLocal, now }),
  later: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

/** Posts messages to the endpoints. */
export const handler = createDeliverHandler(telemetry, {
  deliver: (message, lane) => deliverMessage(deps, message, lane),
  slowQueueArn,
});
