import type { Mutation } from '@weir/simulation/mutants';

/** Of what appends to logs and folds them into rows. */
export const WRITER_MUTATIONS: readonly Mutation[] = [
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
];
