import type { Telemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';
import type { SentDue } from '../send-due.ts';

/** The Lambda handler of the schedule that sends what is due. */
export function createClockHandler(telemetry: Telemetry, sendDue: () => Promise<SentDue>) {
  return (_event: unknown, context: Context): Promise<SentDue> =>
    telemetry.observe({ context }, async () => {
      const sent = await sendDue();
      telemetry.meter.observe('WebhooksDue', 'Count', sent.due);
      if (sent.due > 0) telemetry.log.info('Sent the webhooks that are due', sent);
      return sent;
    });
}
