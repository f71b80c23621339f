import type { Mutation } from '@weir/simulation/mutants';

/** A scenario must fail with each. The sources are below `packages/audit/src`. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'lines past the end are counted',
    file: 'lines/list-pieces.ts',
    find: 'listPieces({ head, fromHour })',
    replace: 'listPieces({ head: { ...head, number: head.number + 1 }, fromHour })',
  },
  {
    name: 'duplicates are counted',
    file: 'lines/line-fold.ts',
    find: "outcome === 'duplicate' || ",
    replace: '',
  },
  {
    name: 'the register of an erased line is ignored',
    file: 'lines/line-fold.ts',
    find: 'if (register)',
    replace: 'if (register && false)',
  },
  {
    name: 'actions past the limit are counted under their own names',
    file: 'lines/line-fold.ts',
    find: "outcome === 'other' ? OTHER_ACTION : action",
    replace: 'action',
  },
  {
    name: 'the logs past the watermarks are not read',
    file: 'compare/stored-rows.ts',
    find: 'if (added) yield',
    replace: 'if (added && false) yield',
  },
  {
    name: 'entries are added to rows that have them',
    file: 'compare/stored-rows.ts',
    find: 'number > (upTo.get(bucket)?.[logId] ?? -1)',
    replace: 'number > -1 - upTo.size',
  },
  {
    name: 'the watermarks are read after the rows',
    file: 'rows/read-tails.ts',
    find: 'base.watermarks[logId] ?? -1',
    replace: '(await store.find(logId)).watermark.number',
  },
  {
    name: 'the end is that of the newest entry at each step',
    file: 'run/steps/compare-next-day.ts',
    find: 'end.heads)',
    replace: 'end.heads.map((head) => ({ ...head, number: head.number + 99 })))',
  },
  {
    name: 'what a step has counted replaces what was counted before',
    file: 'run/steps/count-pieces.ts',
    find: '[...checkpoint.parts, ...(await writeParts(work, fold))]',
    replace: 'await writeParts(work, fold)',
  },
  {
    name: 'days are not compared',
    file: 'compare/compare-day.ts',
    find: "add('day', epochDay * DAY_MS, day);",
    replace: '',
  },
  {
    name: 'a missing object ends the piece without a finding',
    file: 'lines/fold-piece.ts',
    find: 'lost.set(found.object.key, found.object);',
    replace: '',
  },
  {
    name: 'sketches are not compared',
    file: 'compare/compare-day.ts',
    find: 'if (stored !== archived)',
    replace: 'if (stored === undefined)',
  },
];
