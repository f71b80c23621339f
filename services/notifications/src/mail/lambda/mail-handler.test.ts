import { silentLog, type Telemetry } from '@weir/logging';
import type { Context, SQSEvent } from 'aws-lambda';
import { expect } from 'chai';
import { type MailMessage, writeMailMessage } from '../queue/mail-message.ts';
import type { Mailed } from '../send-mail.ts';
import { ALERT_MAIL } from '../testing/mail-room.ts';
import { createMailHandler } from './mail-handler.ts';

/** Calls the handler with a mail for each outcome; `undefined` is a message that names no mail. */
async function handle(outcomes: readonly (Mailed | 'fails' | undefined)[]) {
  const counted: string[] = [];
  const logged: unknown[] = [];
  const note = (...line: unknown[]) => void logged.push(line);
  const meter = { count: (name: string) => void counted.push(name), observe: () => undefined };
  const log = { ...silentLog, warn: note, error: note };
  const telemetry: Telemetry = { log, meter, observe: (_, work) => work() };
  const handler = createMailHandler(telemetry, async (message: MailMessage) => {
    const outcome = message.kind === 'alert' ? message.alertId : '';
    if (outcome === 'fails') throw new Error('throttled');
    return outcome as Mailed;
  });
  const Records = outcomes.map((outcome, at) => ({
    messageId: `${at}`,
    body: outcome === undefined ? '{}' : writeMailMessage({ ...ALERT_MAIL, alertId: outcome }),
  }));
  const { batchItemFailures } = await handler({ Records } as SQSEvent, {} as Context);
  return { failed: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), counted, logged };
}

describe('the function that sends mails', () => {
  it('gives back what must come again, and nothing else', async () => {
    const { failed } = await handle(['sent', 'busy', 'quiet', 'fails', 'ended', undefined, 'spent']);
    expect(failed).to.deep.equal(['1', '3', '5']);
  });

  it('counts what operators must know', async () => {
    const { counted } = await handle(['sent', 'capped', 'refused-now', 'refused', 'spent', 'unwanted', 'fails']);
    expect(counted).to.deep.equal(['MailsSent', 'MailsCapped', 'MailsRefused', 'MailsSpent', 'MailsFailed']);
  });

  it('logs no address', async () => {
    const { logged } = await handle(['capped', 'fails', 'spent']);
    expect(logged).to.have.length(3);
    expect(JSON.stringify(logged)).to.not.include('shop.example');
  });
});
