import { expect } from 'chai';
import fc from 'fast-check';
import { TruncatedBytesError, UnknownFormatError } from '../bytes/codec-errors.ts';
import { arbitraryEvent, BASE_MS, type CountableEvent, decimalValue } from '../testing/arbitrary-events.ts';
import { activityOf } from '../testing/plain-activity.ts';
import { type ActivityRow, decodeActivityRow, encodeActivityRow, foldIntoActivityRow } from './activity-row.ts';

const DAY = Math.floor(BASE_MS / 86_400_000);
const events = fc
  .array(arbitraryEvent(decimalValue), { maxLength: 60 })
  .map((some) => some.map((event) => ({ ...event, userId: 'u' })));

/** Each fold goes through the bytes of the row before it. */
function folded(groups: readonly (readonly CountableEvent[])[]): string {
  let bytes: Uint8Array | undefined;
  for (const group of groups) {
    const row = foldIntoActivityRow(bytes && decodeActivityRow(bytes), activityOf(group).actionsAt(0), DAY);
    bytes = encodeActivityRow(row);
  }
  return Buffer.from(bytes ?? []).toString('hex');
}

describe("row of a user's day", () => {
  it('is the same bytes for the same events, however these were grouped and ordered', () => {
    fc.assert(
      fc.property(
        events.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.nat()),
        ),
        ([all, shuffled, cut]) => {
          const at = cut % (all.length + 1);
          expect(folded([shuffled.slice(0, at), shuffled.slice(at)])).to.equal(folded([all, []]));
        },
      ),
    );
  });

  it('takes from an entry its own day only', () => {
    const at = (timestamp: number): CountableEvent => ({ action: 'x', timestamp, value: 1, userId: 'u' });
    const start = DAY * 86_400_000;
    const cells = activityOf([at(start - 1), at(start), at(start + 86_399_999), at(start + 86_400_000)]).actionsAt(0);
    expect(foldIntoActivityRow(undefined, cells, DAY).get('x')).to.deep.equal({ count: 2, sum: 2, sumLow: 0 });
  });

  it('keeps the bytes it had when this format was made', () => {
    const row: ActivityRow = new Map([
      ['buy', { count: 3, sum: 20.5, sumLow: 0 }],
      ['a', { count: 1, sum: 0, sumLow: 0 }],
      ['sum', { count: 2, sum: 1e12, sumLow: 1e-5 }],
    ]);
    expect(Buffer.from(encodeActivityRow(row)).toString('hex')).to.equal(
      '0103016102000362757906d1190373756d058080c4d2d4d103a001f8e8c6a3ac8b9f05',
    );
    expect([...decodeActivityRow(encodeActivityRow(row))]).to.have.deep.members([...row]);
    expect(Buffer.from(encodeActivityRow(new Map())).toString('hex')).to.equal('0100');
  });

  it('is refused by name when its format is not known, or its bytes are cut short', () => {
    const bytes = encodeActivityRow(new Map([['a', { count: 1, sum: 1 / 3, sumLow: 0 }]]));
    expect(() => decodeActivityRow(Uint8Array.of(9, ...bytes.subarray(1)))).to.throw(
      UnknownFormatError,
      'row of a user',
    );
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeActivityRow(bytes.subarray(0, length))).to.throw(TruncatedBytesError);
    }
  });

  it('fits into an item, however many actions a user makes up: the rest is counted under one name', () => {
    let row: ActivityRow | undefined;
    for (let i = 0; i < 3000; i++) {
      const action = String(i).padStart(128, 'x');
      row = foldIntoActivityRow(row, [{ day: DAY, action, count: 1, sum: 1 / 3, sumLow: 0 }], DAY);
    }
    const bytes = encodeActivityRow(row ?? new Map());
    expect(bytes.length).to.be.within(200 * 1024, 300 * 1024);
    const counts = [...decodeActivityRow(bytes).values()].map(({ count }) => count);
    expect(counts.reduce((sum, count) => sum + count, 0)).to.equal(3000);
    expect(decodeActivityRow(bytes).get('__other__')?.count).to.be.greaterThan(500);
  });
});
