import type { Situation } from '../situation.ts';
import { mailsSituations } from './mails-situations.ts';
import type { NotificationsWorld } from './notifications-world.ts';

type NotificationsSituation = Situation<NotificationsWorld>;
type Trouble = NonNullable<NotificationsSituation['trouble']>;

/** Begins a world in which a rule fires every few minutes. */
function firing(minutes: number): (world: NotificationsWorld) => void {
  return (world) => {
    world.minutesBetweenFirings = minutes;
  };
}

/** Clients connect to the live push. */
function connecting(world: NotificationsWorld): void {
  world.areClientsConnecting = true;
}

const normalOperation: readonly NotificationsSituation[] = [
  { name: 'no rule fires', begin: () => undefined, raises: {} },
  ...[1, 7].map((minutes) => ({ name: `a rule fires every ${minutes} minutes`, begin: firing(minutes), raises: {} })),
  {
    name: 'one call of each function times out',
    begin: firing(1),
    trouble: ({ evaluate, dispatch, deliver, clock, hangup }, isOn) => {
      for (const fn of [evaluate, dispatch, deliver, clock, hangup]) fn.hangs = isOn;
    },
    troubleMinutes: 1,
    raises: {},
  },
  {
    name: 'the table refuses everything for a minute',
    begin: firing(1),
    trouble: (world, isOn) => {
      world.isTableDown = isOn;
    },
    troubleMinutes: 1,
    raises: {},
  },
];

const push: readonly NotificationsSituation[] = [
  {
    name: 'rows cannot be pushed for a minute',
    begin: firing(1),
    trouble: (world, isOn) => {
      world.isPushFailing = isOn;
    },
    troubleMinutes: 1,
    raises: {},
  },
  {
    name: 'rows cannot be pushed',
    begin: firing(1),
    trouble: (world, isOn) => {
      world.isPushFailing = isOn;
    },
    raises: { PushFailingAlarm: 15 },
  },
  {
    name: 'now and then nobody is told that a client has gone',
    begin: (world) => {
      world.staleConnections = 1;
    },
    raises: {},
  },
  {
    name: 'nobody is told that clients have gone',
    begin: firing(1),
    trouble: (world, isOn) => {
      world.staleConnections = isOn ? 10 : 0;
    },
    raises: { ConnectionsStaleAlarm: 35 },
    clearsWithin: 60,
  },
];

interface Failure {
  readonly name: string;
  readonly trouble: Trouble;
  /** Calls time out. */
  readonly isSlow?: true;
}

const slow = (isSlow: true | undefined) => isSlow && { NotificationCallsSlowAlarm: 30 };

const evaluation: readonly Failure[] = [
  {
    name: 'the function evaluate throws',
    trouble: ({ evaluate }, isOn) => {
      evaluate.crashes = isOn;
    },
  },
  {
    name: 'the function evaluate times out each time',
    isSlow: true,
    trouble: ({ evaluate }, isOn) => {
      evaluate.hangs = isOn;
    },
  },
  {
    name: 'calls of the function evaluate are throttled',
    trouble: ({ evaluate }, isOn) => {
      evaluate.isThrottled = isOn;
    },
  },
  {
    name: 'the event source mapping of the function evaluate is disabled',
    trouble: ({ entries }, isOn) => {
      entries.isRead = !isOn;
    },
  },
  {
    name: 'nobody writes how far the stream is counted, and nothing is counted',
    trouble: (world, isOn) => {
      world.isProgressWritten = !isOn;
    },
  },
];

/** Ways in which nobody reads the outbox. */
const outboxes: readonly Failure[] = [
  {
    name: 'calls of the function dispatch are throttled',
    trouble: ({ dispatch }, isOn) => {
      dispatch.isThrottled = isOn;
    },
  },
  {
    name: 'the function dispatch throws',
    trouble: ({ dispatch }, isOn) => {
      dispatch.crashes = isOn;
    },
  },
  {
    name: 'the event source mapping of the function dispatch is disabled',
    trouble: ({ outbox }, isOn) => {
      outbox.isRead = !isOn;
    },
  },
];

const clocks: readonly Failure[] = [
  {
    name: 'calls of the function clock are throttled',
    trouble: ({ clock }, isOn) => {
      clock.isThrottled = isOn;
    },
  },
  {
    name: 'the function clock throws',
    trouble: ({ clock }, isOn) => {
      clock.crashes = isOn;
    },
  },
  {
    name: 'the function clock times out each time',
    isSlow: true,
    trouble: ({ clock }, isOn) => {
      clock.hangs = isOn;
    },
  },
  {
    name: 'the rule of the function clock is disabled',
    trouble: (world, isOn) => {
      world.isClockScheduled = !isOn;
    },
  },
];

const hangups: readonly Failure[] = [
  {
    name: 'calls of the function hangup are throttled',
    trouble: ({ hangup }, isOn) => {
      hangup.isThrottled = isOn;
    },
  },
  {
    name: 'the function hangup throws',
    trouble: ({ hangup }, isOn) => {
      hangup.crashes = isOn;
    },
  },
  {
    name: 'the rule of the function hangup is disabled',
    trouble: (world, isOn) => {
      world.isHangupScheduled = !isOn;
    },
  },
];

const sockets: readonly Failure[] = [
  {
    name: 'the function socket throws',
    trouble: ({ socket }, isOn) => {
      socket.crashes = isOn;
    },
  },
  {
    name: 'the function socket times out each time',
    isSlow: true,
    trouble: ({ socket }, isOn) => {
      socket.hangs = isOn;
    },
  },
  {
    name: 'calls of the function socket are throttled',
    trouble: ({ socket }, isOn) => {
      socket.isThrottled = isOn;
    },
  },
];

const slowness: readonly NotificationsSituation[] = (['evaluate', 'deliver', 'clock', 'hangup'] as const).map(
  (name) => ({
    name: `calls of the function ${name} take nearly as long as they may`,
    begin: firing(1),
    trouble: (world, isOn) => {
      world[name].isSlow = isOn;
    },
    raises: { NotificationCallsSlowAlarm: 30 },
    clearsWithin: 40,
  }),
);

/** Ways in which nobody takes the messages of the fast queue. */
const idleQueues: readonly Failure[] = [
  {
    name: 'the event source mapping of the function deliver is disabled',
    trouble: ({ webhooks }, isOn) => {
      webhooks.isRead = !isOn;
    },
  },
  {
    name: 'calls of the function deliver are throttled',
    trouble: ({ deliver }, isOn) => {
      deliver.isThrottled = isOn;
    },
  },
];

/** The situations of the service notifications. */
export const notificationsSituations: readonly NotificationsSituation[] = [
  ...normalOperation,
  ...push,
  ...slowness,
  ...sockets.map(({ name, trouble, isSlow }) => ({
    ...{ name, begin: connecting, trouble, raises: { SocketFailingAlarm: 15, ...slow(isSlow) } },
    clearsWithin: 40,
  })),
  { name: 'clients connect', begin: connecting, raises: {} },
  ...evaluation.map(({ name, trouble, isSlow }) => ({
    ...{ name, begin: firing(1), trouble, raises: { EvaluateBehindAlarm: 20, ...slow(isSlow) } },
    clearsWithin: 40,
  })),
  ...outboxes.flatMap(({ name, trouble }) =>
    [
      { begin: firing(1), when: '' },
      { begin: () => undefined, when: ', and no rule fires' },
    ].map(({ begin, when }) => ({
      ...{ name: `${name}${when}`, begin, trouble, raises: { DispatchBehindAlarm: 20 }, clearsWithin: 40 },
    })),
  ),
  ...clocks.map(({ name, trouble, isSlow }) => ({
    ...{ name, begin: firing(1), trouble, raises: { ClockFailingAlarm: 25, ...slow(isSlow) } },
    clearsWithin: 40,
  })),
  ...hangups.map(({ name, trouble }) => ({ name, begin: firing(1), trouble, raises: { HangupFailingAlarm: 25 } })),
  {
    name: 'the table refuses everything, and a report is announced',
    begin: firing(1),
    trouble: (world, isOn) => {
      world.isTableDown = isOn;
      world.isRedriven = !isOn;
      if (isOn) world.announce();
    },
    raises: {
      ...{ EvaluateBehindAlarm: 20, DispatchBehindAlarm: 20, DispatchDeadLettersAlarm: 15 },
      ...{ ClockFailingAlarm: 25, HangupFailingAlarm: 25 },
    },
    clearsWithin: 40,
  },
  ...idleQueues.map(({ name, trouble }) => ({
    ...{ name, begin: firing(1), trouble, raises: { WebhooksWaitingAlarm: 20 }, clearsWithin: 40 },
  })),
  {
    name: 'nobody takes the messages of the slow queue',
    begin: (world) => {
      firing(1)(world);
      world.areEndpointsFailing = true;
    },
    trouble: ({ slowWebhooks }, isOn) => {
      slowWebhooks.isRead = !isOn;
    },
    troubleMinutes: 120,
    raises: { SlowWebhooksWaitingAlarm: 75 },
    clearsWithin: 40,
  },
  {
    name: 'the function deliver fails with every message',
    begin: firing(1),
    trouble: (world, isOn) => {
      world.areDeliveriesFailing = isOn;
      world.isRedriven = !isOn;
    },
    troubleMinutes: 90,
    raises: { WebhooksWaitingAlarm: 25, WebhooksDeadLettersAlarm: 50 },
    clearsWithin: 60,
  },
  ...mailsSituations,
];
