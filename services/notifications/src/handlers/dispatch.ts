import { readConfig } from '@weir/config';
import { createTelemetry } from '@weir/logging';
import { openWebhooks, webhookFields } from '../aws/open-webhooks.ts';
import { readChange } from '../aws/read-change.ts';
import { announceReport } from '../dispatch/announce-report.ts';
import { dispatchChange } from '../dispatch/dispatch-change.ts';
import { createDispatchHandler } from '../dispatch/lambda/dispatch-handler.ts';

const config = readConfig(webhookFields);
const webhooks = openWebhooks(config, () => Date.now());

/** Makes the messages and deliveries of firings, reports, and what happens to endpoints. */
export const handler = createDispatchHandler(createTelemetry(config), {
  readChange,
  dispatch: (change) => dispatchChange(webhooks, change),
  announceReport: (announcement) => announceReport(webhooks, announcement),
});
