import {
  type ActionDelta,
  allTimeOf,
  decodeActivityRow,
  decodeAllTimeRow,
  decodeDayRow,
  decodeHourRow,
  encodeActivityRow,
  encodeAllTimeRow,
  encodeDayRow,
  encodeHourRow,
  foldIntoActivityRow,
  foldIntoDayRow,
  foldIntoHourRow,
  mergeAllTime,
} from '@weir/aggregates';
import type { StoredRow } from '@weir/dynamodb';
import type { Change, RowChange } from './row-changes.ts';

/** How rows of one kind are stored, and how an entry is folded into the row of one bucket. */
interface RowCodec<Row, Added> {
  readonly encode: (row: Row) => Uint8Array;
  readonly decode: (body: Uint8Array) => Row;
  readonly fold: (row: Row | undefined, added: Added, bucket: number) => Row;
}

/** Makes a row's new body from its old one, if there was one, and from the parts that entries add. */
type FoldBody<Added> = (body: Uint8Array | undefined, added: readonly Added[], bucket: number) => Uint8Array;

const ROWS = {
  hour: folding({ encode: encodeHourRow, decode: decodeHourRow, fold: foldIntoHourRow }),
  day: folding({ encode: encodeDayRow, decode: decodeDayRow, fold: foldIntoDayRow }),
  all: folding({
    encode: encodeAllTimeRow,
    decode: decodeAllTimeRow,
    fold: (row, added: ActionDelta) => mergeAllTime(row, allTimeOf(added)),
  }),
  user: folding({ encode: encodeActivityRow, decode: decodeActivityRow, fold: foldIntoActivityRow }),
};

/** The body of a row after a fold of the entries that it does not hold yet; `row` is undefined for a new row. */
export function foldedBody(change: RowChange, row: StoredRow | undefined): Uint8Array {
  return change.of === 'user' ? foldMissing(ROWS.user, change, row) : foldMissing(ROWS[change.key.kind], change, row);
}

function foldMissing<Added>(foldBody: FoldBody<Added>, { key, parts }: Change<Added>, row: StoredRow | undefined) {
  const upTo = row?.upTo ?? -1;
  const missing = parts.filter(({ number }) => number > upTo).map(({ added }) => added);
  return foldBody(row?.body, missing, key.bucket);
}

function folding<Row, Added>({ encode, decode, fold }: RowCodec<Row, Added>): FoldBody<Added> {
  return (body, added, bucket) => {
    let row = body && decode(body);
    for (const each of added) row = fold(row, each, bucket);
    return row ? encode(row) : new Uint8Array();
  };
}
