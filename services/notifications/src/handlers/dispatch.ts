import { readConfig } from '@weir/config';
import { createTelemetry } from '@weir/logging';
import { mailFields, openMails } from '../aws/open-mails.ts';
import { openWebhooks, webhookFields } from '../aws/open-webhooks.ts';
import { readChange } from '../aws/read-change.ts';
import { announceReport } from '../dispatch/announce-report.ts';
import { dispatchChange } from '../dispatch/dispatch-change.ts';
import { createDispatchHandler } from '../dispatch/lambda/dispatch-handler.ts';
import { announceChange, announceReportMails } from '../mail/queue/announce-mails.ts';

const config = readConfig({ ...webhookFields, ...mailFields });
const webhooks = openWebhooks(config, () => Date.now());
const mails = openMails(config);

/** Makes the messages, deliveries and mails of firings and reports, and the messages of what happens to endpoints. */
export const handler = createDispatchHandler(createTelemetry(config), {
  readChange,
  // Both may be done again: a retry finds what is there.
  dispatch: async (change) => {
    await dispatchChange(webhooks, change);
    await announceChange(mails, change);
  },
  announceReport: async (announcement) => {
    await announceReport(webhooks, announcement);
    await announceReportMails(mails, announcement);
  },
});
