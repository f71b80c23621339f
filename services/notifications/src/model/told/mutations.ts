import type { Mutation } from '@weir/simulation/mutants';

const DISPATCH = 'dispatch/dispatch-change.ts';
const DELIVER = 'deliver/deliver-message.ts';
const FIRINGS = '@weir/dynamodb/alerts-store/memory-alerts-store.ts';
const DELIVERIES = '@weir/dynamodb/webhooks-store/deliveries/memory-deliveries.ts';
const CHANGES = '@weir/dynamodb/webhooks-store/deliveries/delivery-changes.ts';

/**
 * Between each of the writes from a firing to the result of a POST, one is left out or moved. A schedule must fail with each.
 * The sources are below `services/notifications/src` or, for `@weir/dynamodb/`, below `packages/dynamodb/src`.
 */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'a firing is written whatever another instance made of the state',
    file: FIRINGS,
    find: ' || alert.state.version !== version',
    replace: '',
  },
  {
    name: 'a firing replaces the one that is there',
    file: FIRINGS,
    find: "if (this.#state.firings.has(id)) return 'exists';",
    replace: '',
  },
  {
    name: 'a firing that is told later is told to nobody',
    file: DISPATCH,
    find: 'if (!before?.notified) await',
    replace: 'if (!before) await',
  },
  {
    name: 'a recovery is told only where a firing is new',
    file: DISPATCH,
    find: 'if (recovery && !before?.recovery) {',
    replace: 'if (recovery && !before) {',
  },
  {
    name: 'a message that is there has all its deliveries',
    file: DELIVERIES,
    find: 'if (!messages.has(message.id)) messages.set(',
    replace: 'if (messages.has(message.id)) return;\n      messages.set(',
  },
  {
    name: 'the result is written before the POST',
    file: DELIVER,
    find: '  const request = requestOf(',
    replace: "  await store.finish(claimed, { status: 'delivered' });\n  const request = requestOf(",
  },
  {
    name: 'an attempt that a process left is not due again',
    file: CHANGES,
    find: 'leaseUntil, dueAt: leaseUntil,',
    replace: 'leaseUntil, dueAt: undefined,',
  },
];
