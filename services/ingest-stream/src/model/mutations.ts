/** One part of the protocol, removed on purpose. */
export interface Mutation {
  /** How the protocol then behaves. */
  readonly name: string;
  /**
   * The changed source: below `services/ingest-stream/src` or, for `@weir/dynamodb/`, below `packages/dynamodb/src`.
   */
  readonly file: string;
  /** The text to replace: it must be in the source exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** One mutation for each part that keeps counting exact. A schedule must fail with each. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'the head is taken from the log alone',
    file: 'consume/load-shard.ts',
    find: 'const watermark = item?.watermark ?? NOTHING_FOLDED;',
    replace: 'const watermark = NOTHING_FOLDED; void item;',
  },
  {
    name: 'an instance trusts its memory of the log, whatever its age',
    file: 'consume/consume-batch.ts',
    find: '      await followLog(store, memory);\n    } else {',
    replace: '    } else {',
  },
  {
    name: 'an instance that loses an append does not learn the ids of the winner',
    file: 'consume/shard-memory.ts',
    find: '    this.learnIds(entry);\n    this.advance',
    replace: '    this.advance',
  },
  {
    name: 'ids of an entry that was not appended stay in the window',
    file: 'consume/consume-batch.ts',
    find: 'if (!appended) forgetIds(window, plan);',
    replace: '',
  },
  {
    name: 'an event is known by its id alone',
    file: 'consume/event-hashes.ts',
    find: 'hash64(id, out, lastSeed);',
    replace: 'hash64(id, out);',
  },
  {
    name: 'each instance hashes ids under a secret of its own',
    file: '@weir/dynamodb/metrics-store/memory-metrics-store.ts',
    find: 'return String(this.items.get(flat(SECRET_KEY))?.secret);',
    replace: 'return candidate;',
  },
  {
    name: 'events of actions over the limit are known as events of one action',
    file: 'consume/consume-batch.ts',
    find: '      hashEvent,\n',
    replace: '      hashEvent: (action, id, out) => hashEvent(actions.nameFor(action), id, out),\n',
  },
  {
    name: 'a copy is compared with the first arrival in the entry of the counted copy',
    file: 'consume/shard-memory.ts',
    find: 'learnIds({ ids }: LogEntry): void {',
    replace:
      'learnIds({ ids: { size, hashes }, firstArrival }: LogEntry): void { const ids = { size, hashes, arrivals: new Uint32Array(size).fill(firstArrival / 1000) };',
  },
  {
    name: 'the clock decides how far back a cold start reads',
    file: 'consume/load-shard.ts',
    find: 'firstArrival - options.windowSeconds * 1000 - ARRIVAL_SLACK_MS',
    replace: 'options.now - options.windowSeconds * 1000',
  },
  {
    name: 'a cold start reads its parents, but not their parents',
    file: 'consume/load-shard.ts',
    find: 'left.push(...(item?.parents ?? (await topology.shardOf(logId))?.parents ?? []));',
    replace: 'void item; void topology;',
  },
  {
    name: 'a cold start reads ancestors only while its own log is empty',
    file: 'consume/load-shard.ts',
    find: '  await loadAncestors(deps, memory, floor);',
    replace: '  if (memory.head.number < 0) await loadAncestors(deps, memory, floor);',
  },
  {
    name: 'an entry spans several hours of arrival',
    file: 'consume/plan-entry.ts',
    find: 'if (hourOf(item) !== hour || draft.isFull) break;',
    replace: 'if ((hour < 0 && hourOf(item) !== hour) || draft.isFull) break;',
  },
  {
    name: 'a taken slot is taken again',
    file: 'consume/admit-actions.ts',
    find: 'if (await slots.takeSlot(filled, action)) {',
    replace: 'if ((await slots.takeSlot(filled, action)) || filled >= 0) {',
  },
  {
    name: 'events that the KPL put into the wrong shard are counted there',
    file: 'consume/consume-batch.ts',
    find: '{ hashRange: memory.shard.hashRange }',
    replace: '{}',
  },
  {
    name: 'a batch counts again the events that the log covers',
    file: 'consume/consume-batch.ts',
    find: 'if (!position) return items;',
    replace: 'if (!position || items.length > 1) return items.splice(0);',
  },
  {
    name: 'a batch with nothing to count appends nothing',
    file: 'consume/consume-batch.ts',
    find: 'appended = await store.append(shard.logId, { number, body }, expiresAt);',
    replace:
      'appended = plan.content.delta.size === 0 || (await store.append(shard.logId, { number, body }, expiresAt));',
  },
  {
    name: 'an archive object is named by its entry, not by its bytes',
    file: 'archive/archive-objects.ts',
    find: "return { bytes, digest: digestOf(createHash('sha256').update(bytes).digest('hex')) };",
    replace: "void digestOf; void createHash; return { bytes, digest: '0'.repeat(32) };",
  },
  {
    name: 'an entry is appended before its objects are archived',
    file: 'consume/consume-batch.ts',
    find: 'await this.#deps.objects.put(objectKey({ area, logId, number, arrival, digest }), bytes);',
    replace: 'void this.#deps.objects.put(objectKey({ area, logId, number, arrival, digest }), bytes);',
  },
  {
    name: 'a row that another fold has written is taken as written',
    file: 'fold/fold-log.ts',
    find: 'left = behind.filter(({ key }) => again.has(rowName(key)));',
    replace: 'left = []; void again;',
  },
  {
    name: 'a fold adds entries that the row already holds',
    file: 'fold/folded-body.ts',
    find: 'number > upTo',
    replace: "number > upTo || key.kind !== 'user'",
  },
  {
    name: 'a row is written without a condition on its `upTo`',
    file: '@weir/dynamodb/metrics-store/memory-metrics-store.ts',
    find: 'if (this.#row(row.key)?.upTo === madeFrom)',
    replace: 'if (this.#row(row.key)?.upTo === madeFrom || madeFrom !== -2)',
  },
  {
    name: 'the watermark may go down',
    file: '@weir/dynamodb/metrics-store/memory-metrics-store.ts',
    find: 'if (item && item.watermark.number < watermark.number)',
    replace: 'if (item)',
  },
  {
    name: 'the watermark rises before the rows are written',
    file: 'fold/fold-log.ts',
    find: 'const some = changes.slice(i, i + ROWS_AT_ONCE);',
    replace:
      'const some = changes.slice(i, i + ROWS_AT_ONCE); await store.raiseWatermark(logId, { ...end, arrival: 0 });',
  },
  {
    name: "a shard's item is written by its first fold",
    file: '@weir/dynamodb/metrics-store/memory-metrics-store.ts',
    find: "await this.#turn('list');\n    return this.#partition(logItemKey('').pk).map(([, item]) => item as unknown as LogItem);",
    replace:
      "await this.#turn('list');\n    return this.#partition(logItemKey('').pk).map(([, item]) => item as unknown as LogItem).filter(({ watermark }) => watermark.number >= 0);",
  },
  {
    name: 'a reader reads the rows first, then the logs',
    file: '@weir/dynamodb/metrics-reader/metrics-reader.ts',
    find: '    const builder = new SeriesBuilder(plan);\n    const tails = await refresh();\n',
    replace: [
      '    const builder = new SeriesBuilder(plan);',
      '    const query_ = Object.getPrototypeOf(store).queryRows;',
      '    const all = (kind) => query_.call(store, { kind, subject: action, from: 0, to: 9_999_999 });',
      "    const early = { hour: await all('hour'), day: await all('day') };",
      '    const tails = await refresh();',
      '    hours.forget();',
      '    days.forget();',
      '    store.queryRows = async ({ kind, from, to }) => early[kind].filter(({ key }) => key.bucket >= from && key.bucket <= to);',
      '',
    ].join('\n'),
  },
  {
    name: 'a reader adds an entry to rows that hold it',
    file: '@weir/dynamodb/metrics-reader/metrics-reader.ts',
    find: 'number > (rows[kind].get(bucket)?.upTo.get(item.logId) ?? -1)',
    replace: 'number > -1 || rows[kind].size < bucket - bucket',
  },
  {
    name: 'a reader compares an entry with the row that holds most, of all rows of the answer',
    file: '@weir/dynamodb/metrics-reader/metrics-reader.ts',
    find: 'number > (rows[kind].get(bucket)?.upTo.get(item.logId) ?? -1)',
    replace:
      'number > Math.max(bucket - bucket, ...[...rows.hour.values(), ...rows.day.values()].map(({ upTo }) => upTo.get(item.logId) ?? -1)) && kind',
  },
  {
    name: 'a reader compares an entry with the row that holds least, of all rows of the answer',
    file: '@weir/dynamodb/metrics-reader/metrics-reader.ts',
    find: 'number > (rows[kind].get(bucket)?.upTo.get(item.logId) ?? -1)',
    replace:
      'kind && bucket && number > Math.min(...[...rows.hour.values(), ...rows.day.values()].map(({ upTo }) => upTo.get(item.logId) ?? -1))',
  },
  {
    name: 'a reader asks the row of the day whether it holds what the row of an hour answers for',
    file: '@weir/dynamodb/metrics-reader/series.ts',
    find: '      const kind = bucket && kindAt(bucket, at);',
    replace: "      const kind = bucket && (bucket.days.to >= bucket.days.from ? 'day' : kindAt(bucket, at));",
  },
  {
    name: 'a reader takes the row of a day for a part of the day',
    file: '@weir/dynamodb/metrics-reader/series-plan.ts',
    find: 'from: Math.ceil(start / DAY_MS)',
    replace: 'from: Math.floor(start / DAY_MS)',
  },
  {
    name: 'the list of actions adds an entry to rows that hold it',
    file: '@weir/dynamodb/metrics-reader/action-summaries.ts',
    find: 'if (number > (upTo.get(',
    replace: 'if (number > -1 || number > (upTo.get(',
  },
  {
    name: 'the list of actions reads the rows first, then the logs',
    file: '@weir/dynamodb/metrics-reader/metrics-reader.ts',
    find: '      const tails = await refresh();\n      return summariseActions(await store.listAllTime(), tails);',
    replace: '      const rows = await store.listAllTime();\n      return summariseActions(rows, await refresh());',
  },
  {
    name: 'an instance never forgets a shard',
    file: 'consume/consume-batch.ts',
    find: 'if (at - memory.touchedAt > MAX_IDLE_MS || isTooMuch)',
    replace: 'if (isTooMuch && MAX_IDLE_MS > 0)',
  },
  {
    name: 'entries expire within the hour',
    file: 'consume/consume-batch.ts',
    find: 'Math.floor(entry.appendedAt / 1000) + this.#config.entryTtlSeconds;',
    replace: 'Math.floor(entry.appendedAt / 1000) + 600;',
  },
  {
    name: 'a reader keeps its list of shards',
    file: '@weir/dynamodb/log-tails/log-tails.ts',
    find: 'const items = await store.list();',
    replace: 'const items = kept.size > 0 ? [...kept.values()].map(({ item }) => item) : await store.list();',
  },
  {
    name: 'a reader keeps its rows when it learns of a new shard',
    file: '@weir/dynamodb/metrics-reader/kept-rows.ts',
    find: 'return tails.every(({ item, base }) => (bucket.upTo.get(item.logId) ?? Number.NEGATIVE_INFINITY) >= base);',
    replace: 'return tails.length > 0;',
  },
  {
    name: "a fold adds entries that a user's row already holds",
    file: 'fold/folded-body.ts',
    find: 'number > upTo',
    replace: "number > upTo || key.kind === 'user'",
  },
  {
    name: "a reader adds an entry to a user's row that holds it",
    file: '@weir/dynamodb/activity-store/sum-activity.ts',
    find: 'number > folded)',
    replace: 'number > folded - 2)',
  },
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
  },
  {
    name: 'a log has the same name on a stream and on the one that replaces it',
    file: '@weir/dynamodb/metrics-store/keys.ts',
    find: 'Math.floor(createdAt / 1000)',
    replace: 'Math.floor(createdAt / 1e15)',
  },
  {
    name: 'a closed shard that was empty lets its children begin before its own parents are read',
    file: 'model/world.ts',
    find: 'return shard.isRead && shard.parents.every(isReadToTheEnd);',
    replace: 'return shard.isRead;',
  },
  {
    name: 'a kept answer is compared with the rest of an expired log',
    file: '@weir/dynamodb/log-tails/log-heads.ts',
    find: '    if (head < base) return true;\n',
    replace: '    void base;\n',
  },
];
