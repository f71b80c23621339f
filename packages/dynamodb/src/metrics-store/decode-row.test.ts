import { decodeHourRow, encodeHourRow, foldIntoHourRow } from '@weir/aggregates';
import { expect } from 'chai';
import { decodeRow, UnreadableRow } from './decode-row.ts';

const row = (body: Uint8Array) => ({
  key: { kind: 'hour' as const, subject: 'buy', bucket: 490_000, logId: 'shard-1' },
  upTo: 1,
  body,
});

describe('the body of a row', () => {
  it('is decoded', () => {
    const body = encodeHourRow(
      foldIntoHourRow(undefined, { minutes: new Map(), hours: new Map(), first: 0, last: 0 }, 490_000),
    );
    expect(decodeRow(row(body), decodeHourRow).minutes.size).to.equal(0);
  });

  it('that cannot be read is an error that names the row, by which it is found in the table', () => {
    const named = /^the row with pk \S*buy\S* and sk \S*490000\S*shard-1 cannot be read: .+/;
    expect(() => decodeRow(row(Buffer.from('?')), decodeHourRow)).to.throw(UnreadableRow, named);
  });
});
