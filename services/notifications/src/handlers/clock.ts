import { readConfig } from '@weir/config';
import { createTelemetry } from '@weir/logging';
import { openWebhooks, webhookFields } from '../aws/open-webhooks.ts';
import { createClockHandler } from '../clock/lambda/clock-handler.ts';
import { sendDue } from '../clock/send-due.ts';

const config = readConfig(webhookFields);
const webhooks = openWebhooks(config, () => Date.now());

/** Sends the deliveries whose time has come. */
export const handler = createClockHandler(createTelemetry(config), () => sendDue(webhooks));
