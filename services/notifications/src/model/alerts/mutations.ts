import type { Mutation } from '@weir/simulation/mutants';

const SETTLE = 'evaluate/settle-bucket.ts';
const CLOSED = 'evaluate/judge-closed.ts';
const COUNTS = 'counts/merged-counts.ts';
const SERIES = 'counts/merged-series.ts';
const BATCH = 'evaluate/evaluate-batch.ts';
const MEMORY = '@weir/dynamodb/alerts-store/memory-alerts-store.ts';
const JUDGED = '@weir/alerts/judged-buckets.ts';
const STATES = '@weir/alerts/state-changes.ts';

/** A schedule must fail with each. Names of files are relative to `src`, or to that of a package. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'a firing is written whatever another instance made of the state',
    file: MEMORY,
    find: ' || alert.state.version !== version',
    replace: '',
  },
  {
    name: 'a firing is written whatever a caller made of the rule',
    file: MEMORY,
    find: 'if (alert?.revision !== revision || ',
    replace: 'if (!alert || revision < 0 || ',
  },
  {
    name: 'a firing replaces the one that is there',
    file: MEMORY,
    find: "if (this.#state.firings.has(id)) return 'exists';",
    replace: '',
  },
  {
    name: 'states that other instances have changed are not read again',
    file: MEMORY,
    find: 'this.#state.stateChanges += 1;',
    replace: '',
  },
  {
    name: 'the cursor moves before the firings are written',
    file: CLOSED,
    find: '    lastEvaluated = await judgeStep(',
    replace:
      '    await deps.alerts.moveCursor({ evaluatedUpTo: upTo, at: deps.now(), lastEvaluated });\n    lastEvaluated = await judgeStep(',
    failsAt: 632,
  },
  {
    name: 'a batch that fails counts as done',
    file: BATCH,
    find: 'const run = turn.catch(() => undefined).then(() => evaluate(batch));',
    replace: 'const run = turn.then(() => evaluate(batch)).catch(() => undefined);',
  },
  {
    name: 'a rule that has changed is given up',
    file: SETTLE,
    find: "if (outcome === 'changed') return false;",
    replace: "if (outcome === 'changed') return true;",
  },
  {
    name: 'closed buckets are judged by what was read before',
    file: BATCH,
    find: 'await counts.refresh(',
    replace: 'if (!isClosing || counts.asOf === undefined) await counts.refresh(',
  },
  {
    name: 'a shard that has no log yet is not waited for',
    file: BATCH,
    find: 'return known.closedUpTo;',
    replace: 'return Math.max(known.closedUpTo ?? 0, counts.asOf ?? 0);',
  },
  {
    name: 'entries have nothing judged before the close',
    file: BATCH,
    find: 'const open = openBuckets(enabled, entries);',
    replace: 'const open = openBuckets(enabled, []);\n    void entries;',
  },
  {
    name: 'every rule is judged while its bucket is open',
    file: JUDGED,
    find: "return comparison === 'above' && (field === 'count' || field === 'users');",
    replace: "return comparison !== 'silent' || field === 'count';",
  },
  {
    name: 'a bucket ends what fires only if no later one has fired',
    file: SETTLE,
    find: '  return start > toldBucket(episode) && ',
    replace: '  return start > episode.latest && ',
  },
  {
    name: 'a later bucket that has fired is not told when an earlier one ends what fired',
    file: STATES,
    find: "const isToldNow = alert.repeat === 'recovered' && ",
    replace: "const isToldNow = alert.repeat !== 'recovered' && ",
  },
  {
    name: 'a rule judges only what has closed since the cursor',
    file: CLOSED,
    find: '{ after: step.oldest, upTo',
    replace: '{ after: judged === undefined ? step.upTo - 60_000 : step.oldest, upTo',
    failsAt: 43,
  },
  {
    name: 'the latest bucket that fired goes back with late events',
    file: STATES,
    find: 'latest: Math.max(bucket, episode?.latest ?? bucket)',
    replace: 'latest: bucket',
  },
  {
    name: 'a rule that fires is told again',
    file: STATES,
    find: "if (repeat === 'recovered') return currentEpisode(alert)?.told === undefined;",
    replace: '',
  },
  {
    name: 'an entry is added although a row holds it',
    file: SERIES,
    find: 'return this.#held.size === 0 || ',
    replace: 'return this.#held.size >= 0 || ',
  },
  {
    name: 'users and values that rows hold are left out',
    file: SERIES,
    find: 'if (this.hasSketches) this.#cells.addSketches(bucket, row);',
    replace: '',
  },
  {
    name: 'what the rows of days hold is left out',
    file: SERIES,
    find: 'this.#cells.addTotals(bucket * this.#rowMinutes, row.totals);',
    replace: '',
    failsAt: 40,
  },
  {
    name: 'rules that entries have judged at once are not judged at the close',
    file: SETTLE,
    find: 'isPast || !(isClosing || isJudgedOpen(alert))',
    replace: 'isPast || isClosing === isJudgedOpen(alert)',
  },
  {
    name: 'a new series gets only the entries that are new to the others',
    file: COUNTS,
    find: 'number > (fresh.has(one) ? watermark.number : position)',
    replace: 'number > (fresh.has(one) && position < 0 ? watermark.number : position)',
  },
  {
    name: 'an old series gets the entries of a new one again',
    file: COUNTS,
    find: 'number > (fresh.has(one) ? watermark.number : position)',
    replace: 'number > (one && watermark.number)',
  },
  {
    name: 'every log counts as ended',
    file: 'counts/ended-logs.ts',
    find: 'of items.get(logId)?.parents ?? []',
    replace: 'of items.keys()',
  },
  {
    name: 'a log that is new is read from its watermark on',
    file: COUNTS,
    find: 'const position = this.#positions.get(logId)?.number ?? -1;\n    return isFresh',
    replace: 'const position = this.#positions.get(logId)?.number ?? watermark.number;\n    return isFresh',
    failsAt: 41,
  },
];
