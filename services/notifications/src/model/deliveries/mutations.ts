import type { Mutation } from '@weir/simulation/mutants';

const DELIVER = 'deliver/deliver-message.ts';
const JUDGE = 'deliver/judge-result.ts';
const HEALTH = 'deliver/next-health.ts';
const ANNOUNCE = 'dispatch/announce-message.ts';
const DISPATCH = 'dispatch/dispatch-change.ts';
const ALERT = 'dispatch/messages/alert-messages.ts';
const CLOCK = 'clock/send-due.ts';
const CHANGES = '@weir/dynamodb/webhooks-store/deliveries/delivery-changes.ts';
const MEMORY = '@weir/dynamodb/webhooks-store/deliveries/memory-deliveries.ts';

/**
 * A schedule must fail with each. The sources are below `services/notifications/src` or, for `@weir/dynamodb/`, below
 * `packages/dynamodb/src`.
 */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'an attempt is claimed although another process has it',
    file: CHANGES,
    find: ' && isFree(delivery, now)\n',
    replace: '\n',
  },
  {
    name: 'an attempt that a process left is not due again',
    file: CHANGES,
    find: 'leaseUntil, dueAt: leaseUntil,',
    replace: 'leaseUntil, dueAt: undefined,',
  },
  {
    name: 'a process that lost its lease writes what came of it',
    file: MEMORY,
    find: 'if (found?.attempt !== claimed.attempt || found.leaseUntil !== claimed.leaseUntil) return false;',
    replace: '',
  },
  {
    name: 'what was sent is never due again',
    file: CLOCK,
    find: 'const until = now() + RESEND_MS;',
    replace: 'const until = Number.POSITIVE_INFINITY;',
  },
  {
    name: 'the clock notes what it has not sent yet',
    file: CLOCK,
    find: '  await send(\n',
    replace:
      '  await Promise.all(batch.map(({ due }) => store.noteSent(due, Number.POSITIVE_INFINITY)));\n  await send(\n',
  },
  {
    name: 'a delayed message that is lost is not due',
    file: JUDGE,
    find: 'dueAt: nextAttemptAt + GRACE_MS',
    replace: 'dueAt: Number.POSITIVE_INFINITY',
  },
  {
    name: 'a new delivery whose message is lost is not due',
    file: ANNOUNCE,
    find: 'dueAt: madeAt + GRACE_MS',
    replace: 'dueAt: Number.POSITIVE_INFINITY',
  },
  {
    name: 'a retry makes another message of a firing',
    file: ALERT,
    find: 'makeMessageId(firedAt,',
    replace: 'makeMessageId(firedAt + Math.floor(Math.random() * 1000),',
  },
  {
    name: 'a message for nobody is held back for those that are disabled',
    file: ANNOUNCE,
    find: 'const targets = endpoints.map(',
    replace: "const targets = endpoints.filter(({ status }) => status === 'enabled').map(",
  },
  {
    name: 'a firing in cool-down is told',
    file: DISPATCH,
    find: '  if (!after.notified) return;\n',
    replace: '',
  },
  {
    name: 'an endpoint is told of itself',
    file: DISPATCH,
    find: 'endpoint.id !== endpointId && ',
    replace: '',
  },
  {
    name: 'messages about deliveries make further ones',
    file: DISPATCH,
    find: ' || isAboutDelivery(after.type as WebhookType)',
    replace: '',
  },
  {
    name: 'a disabled endpoint is posted to',
    file: DELIVER,
    find: "if (endpoint.status === 'disabled') {",
    replace: 'if (false) {',
  },
  {
    name: 'a pause is not kept',
    file: DELIVER,
    find: 'if (pausedUntil > now()) {',
    replace: 'if (false) {',
  },
  {
    name: 'a success does not end the failures',
    file: HEALTH,
    find: ": afterSuccess(health, now, sign.kind === 'good-and-slow');",
    replace: ": { ...health, slow: sign.kind === 'good-and-slow' };",
  },
  {
    name: 'a success ends a pause',
    file: HEALTH,
    find: 'pausedUntil: pausedUntil > now ? pausedUntil : undefined',
    replace: 'pausedUntil: undefined',
  },
  {
    name: 'one day of failures disables an endpoint',
    file: HEALTH,
    find: 'const FAILING_MS = 5 * DAY_MS;',
    replace: 'const FAILING_MS = DAY_MS;',
  },
  {
    name: 'a wait is left out',
    file: JUDGE,
    find: 'retryDelayMs(failedBefore + 1, random)',
    replace: 'retryDelayMs(Math.max(1, failedBefore), random)',
  },
  {
    name: 'an answer of 500 ends a delivery',
    file: JUDGE,
    find: 'return status >= 200 && status < 300;',
    replace: 'return status >= 200 && status !== 429;',
  },
];
