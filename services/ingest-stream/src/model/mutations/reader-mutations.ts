import type { Mutation } from '@weir/simulation/mutants';

/** Of what reads rows and logs for an answer. */
export const READER_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a reader reads the rows first, then the logs',
    file: '@weir/dynamodb/metrics-reader/metrics-reader.ts',
    find: '    const builder = new SeriesBuilder(plan);\n    const refreshed = await refresh();\n',
    replace: [
      '    const builder = new SeriesBuilder(plan);',
      '    const query_ = Object.getPrototypeOf(store).queryRows;',
      '    const all = (kind) => query_.call(store, { kind, subject: action, from: 0, to: 9_999_999 });',
      "    const early = { hour: await all('hour'), day: await all('day') };",
      '    const refreshed = await refresh();',
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
    find: '      const { tails } = await refresh();\n      return summariseActions(await store.listAllTime(), tails);',
    replace:
      '      const rows = await store.listAllTime();\n      return summariseActions(rows, (await refresh()).tails);',
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
    name: 'a kept answer is compared with the rest of an expired log',
    file: '@weir/dynamodb/log-tails/log-heads.ts',
    find: '    if (head < base) return true;\n',
    replace: '    void base;\n',
  },
];
