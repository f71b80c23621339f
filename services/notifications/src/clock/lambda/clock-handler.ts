import type { Telemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';
import type { SentDue } from '../send-due.ts';

/** The Lambda handler of the schedule that sends what is due. */
export function createClockHandler({ observe, log, meter }: Telemetry, sendDue: () => Promise<SentDue>) {
  return (_event: unknown, context: Context): Promise<SentDue> =>
    observe({ context, outcomeOf: ({ due }) => (due > 0 ? 'done' : 'idle') }, async () => {
      const sent = await sendDue();
      // A metric costs money when it is written: an idle stage writes none.
      if (sent.due > 0) {
        meter.observe('WebhooksDue', 'Count', sent.due);
        log.info('Sent the webhooks that are due', sent);
      }
      return sent;
    });
}
