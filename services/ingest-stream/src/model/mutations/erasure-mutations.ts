import type { Mutation } from '@weir/simulation/mutants';

/** Of what empties the rows of a person's activity. */
export const ERASURE_MUTATIONS: readonly Mutation[] = [
  {
    name: 'an emptied row forgets which entries it held',
    file: '@weir/dynamodb/activity-store/erase-activity.ts',
    find: 'const upTo = Math.max(waiting, Math.floor(row?.upTo ?? -1)) + HALF_AN_ENTRY;',
    replace: 'const upTo = HALF_AN_ENTRY - 1;',
  },
  {
    name: 'an emptied row gets the same `upTo` as a folded one',
    file: '@weir/dynamodb/activity-store/erase-activity.ts',
    find: 'const HALF_AN_ENTRY = 0.5;',
    replace: 'const HALF_AN_ENTRY = 0;',
  },
  {
    name: 'an erasure leaves out activity that waits in the log',
    file: '@weir/dynamodb/activity-store/erase-activity.ts',
    find: 'for (const { day } of activity ? actionsOf(activity, user) : []) waiting.set(day, number);',
    replace: 'void activity; void actionsOf; void number;',
  },
  {
    name: 'an erasure takes a row that a fold has written as emptied',
    file: '@weir/dynamodb/activity-store/erase-activity.ts',
    find: 'if (movedOn.size === 0) return { rows };',
    replace: 'if (movedOn.size >= 0) return { rows };',
  },
  {
    name: 'an erasure reads the rows first, then the logs',
    file: '@weir/dynamodb/activity-store/erase-activity.ts',
    find: [
      '  for (const item of await store.list()) {',
      '    for (const target of await waitingRows(store, item, user)) targets.set(nameOf(target.key), target);',
      '  }',
      "  let found = await store.queryRows({ kind: 'user', subject: user, from: 0, to: LAST_BUCKET });",
    ].join('\n'),
    replace: [
      "  let found = await store.queryRows({ kind: 'user', subject: user, from: 0, to: LAST_BUCKET });",
      '  for (const item of await store.list()) {',
      '    for (const target of await waitingRows(store, item, user)) targets.set(nameOf(target.key), target);',
      '  }',
    ].join('\n'),
    failsAt: 42,
  },
];
