import { createFeedbackHandler } from '@weir/notifications/src/feedback/feedback-handler.ts';
import { createMailHandler } from '@weir/notifications/src/mail/lambda/mail-handler.ts';
import { writeMailMessage } from '@weir/notifications/src/mail/queue/mail-message.ts';
import type { Mailed } from '@weir/notifications/src/mail/send-mail.ts';
import type { Context, SNSEvent } from 'aws-lambda';
import { propertiesOf, type Template } from '../../templates/template.ts';
import { MINUTE_MS, SECOND_MS } from '../simulated/clock.ts';
import type { Inbox } from '../simulated/inbox.ts';
import { SimulatedFunction } from '../simulated/simulated-function.ts';
import { SimulatedQueue } from '../simulated/simulated-queue.ts';

const MAIL = writeMailMessage({ kind: 'alert', alertId: 'al_1', bucketStart: 0, to: 'zoe@shop.example' });
const EVENTS = {
  Bounce: { bounce: { bounceType: 'Transient', bouncedRecipients: [] } },
  Complaint: { complaint: { complainedRecipients: [] } },
};

/** The functions mail and feedback: the real handlers, around a stand-in for what they do. */
export class MailsDesk {
  readonly mail: SimulatedFunction;
  readonly feedback: SimulatedFunction;
  readonly mails: SimulatedQueue;
  /** A mail is to be sent each minute. */
  isMailing = false;
  /** What comes of each mail. */
  outcome: Mailed = 'sent';
  isSesDown = false;
  /** An event of SES comes each minute. */
  event: keyof typeof EVENTS | undefined;
  readonly #inbox: Inbox;
  readonly #template: Template;
  /** Events that Lambda gave up, in the dead-letter queue. */
  #lost = 0;

  constructor(template: Template, inbox: Inbox) {
    this.#template = template;
    this.#inbox = inbox;
    this.mail = new SimulatedFunction(template, 'MailLambdaFunction', inbox);
    this.feedback = new SimulatedFunction(template, 'FeedbackLambdaFunction', inbox);
    const receive = createMailHandler(this.mail.telemetry, async () => {
      if (this.isSesDown) throw new Error('SES takes nothing');
      return this.outcome;
    });
    this.mails = new SimulatedQueue(template, 'Mails', { fn: this.mail, receive, inbox });
  }

  async runMinute(at: number): Promise<void> {
    if (this.isMailing) this.mails.send(at + SECOND_MS, MAIL);
    await this.mails.deliverUntil(at + MINUTE_MS);
    if (this.event) await this.#tell(at, this.event);
    if (this.#lost === 0) return;
    const dimensions = { QueueName: String(propertiesOf(this.#template, 'FeedbackDeadLetters').QueueName) };
    const name = 'ApproximateNumberOfMessagesVisible';
    this.#inbox.put({ namespace: 'AWS/SQS', name, dimensions, at: at + MINUTE_MS - SECOND_MS, value: this.#lost });
  }

  redrive(at: number): void {
    this.#lost = 0;
    for (const body of this.mails.dead.splice(0)) this.mails.send(at, body);
  }

  /** The retries of Lambda end as the first attempt did. */
  async #tell(at: number, eventType: keyof typeof EVENTS): Promise<void> {
    const Message = JSON.stringify({ eventType, ...EVENTS[eventType] });
    const handler = createFeedbackHandler(this.feedback.telemetry, {
      ...{ addresses: { endAddress: async () => true }, now: () => at },
    });
    const run = (context: Context) => handler({ Records: [{ Sns: { Message } }] } as SNSEvent, context);
    const { kind } = await this.feedback.call({ at, takesMs: SECOND_MS, run });
    if (kind !== 'returned') this.#lost++;
  }
}
