import { createClockHandler } from '@weir/notifications/src/clock/lambda/clock-handler.ts';
import { isToMark } from '@weir/notifications/src/clock/send-due.ts';
import { createDeliverHandler } from '@weir/notifications/src/deliver/lambda/deliver-handler.ts';
import type { TableChange } from '@weir/notifications/src/dispatch/dispatch-change.ts';
import { createDispatchHandler } from '@weir/notifications/src/dispatch/lambda/dispatch-handler.ts';
import { createEvaluateHandler } from '@weir/notifications/src/evaluate/lambda/evaluate-handler.ts';
import { pushAfterRules } from '@weir/notifications/src/push/push-after-rules.ts';
import { writeDeliveryMessage } from '@weir/notifications/src/queues/delivery-message.ts';
import { closeEnded } from '@weir/notifications/src/socket/close-ended.ts';
import { createHangupHandler } from '@weir/notifications/src/socket/lambda/hangup-handler.ts';
import { createSocketHandler } from '@weir/notifications/src/socket/lambda/socket-handler.ts';
import type { Context, SNSEvent } from 'aws-lambda';
import { propertiesOf, type Template } from '../../templates/template.ts';
import { MINUTE_MS, SECOND_MS, START } from '../simulated/clock.ts';
import { Inbox } from '../simulated/inbox.ts';
import { SimulatedFunction, TRIES_AT_MS } from '../simulated/simulated-function.ts';
import { SimulatedQueue } from '../simulated/simulated-queue.ts';
import { SimulatedTableStream } from '../simulated/simulated-table-stream.ts';
import type { World } from '../situation.ts';
import { MailsDesk } from './mails-desk.ts';

/** The sweep of ingest-stream writes the progress at this second of each minute. */
const PROGRESS_AT_MS = 22 * SECOND_MS;
const CLOCK_AT_MS = 40 * SECOND_MS;
const HANGUP_AT_MS = 50 * SECOND_MS;
/** Longer than any connection lasts. */
const LONG_AGO_MS = 180 * MINUTE_MS;
/** For the time before the simulation, as the service has run before. */
const MINUTES_BEFORE = 40;

/** The service notifications: the real handlers, around a stand-in for what they do. */
export class NotificationsWorld implements World {
  readonly inbox = new Inbox();
  readonly evaluate: SimulatedFunction;
  readonly dispatch: SimulatedFunction;
  readonly deliver: SimulatedFunction;
  readonly clock: SimulatedFunction;
  readonly hangup: SimulatedFunction;
  readonly socket: SimulatedFunction;
  readonly entries: SimulatedTableStream;
  readonly outbox: SimulatedTableStream;
  readonly webhooks: SimulatedQueue;
  readonly slowWebhooks: SimulatedQueue;
  /** Endpoints fail, so that each firing becomes a webhook of the slow queue. */
  areEndpointsFailing = false;
  readonly desk: MailsDesk;
  /** A rule fires each time so many minutes have passed; undefined: none fires. */
  minutesBetweenFirings: number | undefined;
  isTableDown = false;
  isClockScheduled = true;
  isHangupScheduled = true;
  isPushFailing = false;
  /** Connections, in each minute, whose end nobody told of. */
  staleConnections = 0;
  isProgressWritten = true;
  /** A client connects each minute. */
  areClientsConnecting = false;
  areDeliveriesFailing = false;
  /** While true, an operator runs `npm run ops -- redrive notifications` each minute. */
  isRedriven = false;
  #lostAnnouncements = 0;
  readonly #template: Template;
  readonly #handlers: ReturnType<NotificationsWorld['createHandlers']>;
  /** Tries of announcements. */
  #announced: { readonly at: number; readonly isLast: boolean }[] = [];
  #at = 0;

  constructor(template: Template) {
    this.#template = template;
    const fn = (logicalId: string) => new SimulatedFunction(template, logicalId, this.inbox);
    this.evaluate = fn('EvaluateLambdaFunction');
    this.dispatch = fn('DispatchLambdaFunction');
    this.deliver = fn('DeliverLambdaFunction');
    this.clock = fn('ClockLambdaFunction');
    this.hangup = fn('HangupLambdaFunction');
    this.socket = fn('SocketLambdaFunction');
    this.#handlers = this.createHandlers();
    const { evaluate, dispatch, deliver: receive } = this.#handlers;
    this.entries = new SimulatedTableStream(this.evaluate, evaluate);
    this.outbox = new SimulatedTableStream(this.dispatch, dispatch);
    const consumer = { fn: this.deliver, receive, inbox: this.inbox };
    this.webhooks = new SimulatedQueue(template, 'Webhooks', consumer);
    this.slowWebhooks = new SimulatedQueue(template, 'WebhooksSlow', consumer);
    this.desk = new MailsDesk(template, this.inbox);
    for (let minute = 1; minute <= MINUTES_BEFORE; minute++) this.#runEarlier(START - minute * MINUTE_MS);
  }

  async runMinute(at: number): Promise<void> {
    this.#at = at + MINUTE_MS;
    const every = this.minutesBetweenFirings;
    if (this.isProgressWritten) this.entries.put(at + PROGRESS_AT_MS);
    if (every !== undefined && (at / MINUTE_MS) % every === 0) this.outbox.put(at + PROGRESS_AT_MS + SECOND_MS);
    await this.entries.readUntil(at + MINUTE_MS);
    await this.outbox.readUntil(at + MINUTE_MS);
    await this.#announceUntil(at + MINUTE_MS);
    for (const queue of [this.webhooks, this.slowWebhooks]) await queue.deliverUntil(at + MINUTE_MS);
    await this.desk.runMinute(at);
    const run = (context: Context) => this.#handlers.clock({}, context);
    if (this.isClockScheduled) await this.clock.call({ at: at + CLOCK_AT_MS, takesMs: SECOND_MS, run });
    const hangUp = (context: Context) => this.#handlers.hangup({}, context);
    if (this.isHangupScheduled) await this.hangup.call({ at: at + HANGUP_AT_MS, takesMs: SECOND_MS, run: hangUp });
    if (this.areClientsConnecting) await this.#connect(at + CLOCK_AT_MS);
    if (this.isRedriven) this.#redrive();
    this.#reportLost(at);
  }

  /** A report is announced in the next minute. */
  announce(): void {
    this.#announced.push(
      ...TRIES_AT_MS.map((later, i) => ({ at: this.#at + later, isLast: i === TRIES_AT_MS.length - 1 })),
    );
  }

  private createHandlers() {
    const reachTable = async () => {
      if (this.isTableDown) throw new Error('the table cannot be reached');
    };
    const message = writeDeliveryMessage({ endpointId: 'w1', messageId: 'msg_1', attempt: 0 });
    return {
      evaluate: createEvaluateHandler(this.evaluate.telemetry, {
        readMetric: () => undefined,
        evaluate: reachTable,
        push: pushAfterRules({
          push: async () => {
            if (this.isPushFailing) throw new Error('the connections cannot be read');
          },
          ...{ log: this.evaluate.telemetry.log, meter: this.evaluate.telemetry.meter, later: () => () => undefined },
        }),
      }),
      dispatch: createDispatchHandler(this.dispatch.telemetry, {
        readChange: () => ({}) as TableChange,
        dispatch: async () => {
          await reachTable();
          const queue = this.areEndpointsFailing ? this.slowWebhooks : this.webhooks;
          // The clock's record makes no webhook.
          if (this.minutesBetweenFirings !== undefined) queue.send(Date.now(), message);
        },
        announceReport: reachTable,
      }),
      deliver: createDeliverHandler(this.deliver.telemetry, {
        deliver: async () => {
          if (this.areDeliveriesFailing) throw new Error('the table cannot be reached');
          return 'attempted';
        },
        slowQueueArn: 'slow',
      }),
      clock: createClockHandler(this.clock.telemetry, async () => {
        await reachTable();
        if (isToMark(Date.now())) this.outbox.put(Date.now());
        return { due: 0, sent: 0 };
      }),
      socket: createSocketHandler(this.socket.telemetry, {
        connect: async () => ({ statusCode: 200 }),
        ...{ answer: async () => undefined, close: async () => undefined },
      }),
      hangup: createHangupHandler(this.hangup.telemetry, async () => {
        await reachTable();
        await closeEnded(this.#connections());
      }),
    };
  }

  async #connect(at: number): Promise<void> {
    const requestContext = { eventType: 'CONNECT', connectionId: 'c', requestId: 'r' } as const;
    const run = (context: Context) => this.#handlers.socket({ requestContext }, context);
    await this.socket.call({ at, takesMs: SECOND_MS, run });
  }

  /** The connections whose end nobody told of, at the first look; they are then forgotten. */
  #connections(): Parameters<typeof closeEnded>[0] {
    const key = { keyId: 'bootstrap', keyExpiresAt: undefined, actionPrefixes: undefined };
    const connection = { id: 'c', connectedAt: Date.now() - LONG_AGO_MS, revision: 0, ...key };
    let left = this.staleConnections;
    return {
      connections: { all: async () => Array.from({ length: left }, () => connection), close: async () => left-- > 0 },
      keys: { find: async () => undefined, findRemovedTrees: async () => new Map() },
      ...{ disconnect: async () => undefined, wait: async () => undefined },
      ...{ meter: this.hangup.telemetry.meter, now: () => Date.now() },
    };
  }

  #runEarlier(at: number): void {
    const times = { at, sentAt: at };
    for (const fn of [this.evaluate, this.dispatch]) fn.report('IteratorAge', SECOND_MS, times);
    for (const scheduled of [this.clock, this.hangup]) {
      scheduled.report('Invocations', 1, times);
      scheduled.report('Errors', 0, times);
    }
  }

  async #announceUntil(until: number): Promise<void> {
    for (let next = this.#announced[0]; next !== undefined && next.at < until; next = this.#announced[0]) {
      const event = { Records: [{ Sns: { Message: '{}' } }] } as SNSEvent;
      const run = (context: Context) => this.#handlers.dispatch(event, context);
      const ended = await this.dispatch.call({ at: next.at, takesMs: SECOND_MS, run });
      if (ended.kind === 'returned') this.#announced = [];
      else this.#announced.shift();
      if (ended.kind !== 'returned' && next.isLast) this.#lostAnnouncements++;
    }
  }

  #redrive(): void {
    this.#lostAnnouncements = 0;
    this.desk.redrive(this.#at);
    for (const queue of [this.webhooks, this.slowWebhooks]) {
      for (const body of queue.dead.splice(0)) queue.send(this.#at, body);
    }
  }

  #reportLost(at: number): void {
    if (this.#lostAnnouncements === 0) return;
    const dimensions = { QueueName: String(propertiesOf(this.#template, 'DispatchDeadLetters').QueueName) };
    const name = 'ApproximateNumberOfMessagesVisible';
    const value = this.#lostAnnouncements;
    this.inbox.put({ namespace: 'AWS/SQS', name, dimensions, at: at + MINUTE_MS - SECOND_MS, value });
  }
}
