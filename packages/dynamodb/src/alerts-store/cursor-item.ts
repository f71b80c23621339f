import { type EvaluationCursor, packEvaluations, unpackEvaluations } from '@weir/alerts';
import { keyAttributes, type TableItem, type TableKey } from '../table/table-access.ts';

export const CURSOR_KEY: TableKey = { pk: 'progress', sk: 'evaluated#0' };

/** The cursor, with the last evaluations of all rules in the same item: one write for all of them. */
export function cursorItem({ evaluatedUpTo, at, lastEvaluated }: EvaluationCursor): TableItem {
  return {
    ...{ ...keyAttributes(CURSOR_KEY), evaluatedUpTo: { N: `${evaluatedUpTo}` }, at: { N: `${at}` } },
    last: { B: packEvaluations(lastEvaluated) },
  };
}

export function storedCursor({ evaluatedUpTo, at, last }: TableItem): EvaluationCursor {
  const lastEvaluated = unpackEvaluations(last?.B ?? new Uint8Array());
  return { evaluatedUpTo: Number(evaluatedUpTo?.N), at: Number(at?.N), lastEvaluated };
}
