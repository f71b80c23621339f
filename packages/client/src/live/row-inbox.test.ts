import { expect } from 'chai';
import fc from 'fast-check';
import { rowOf } from '../testing/fake-push.ts';
import { RowInbox } from './row-inbox.ts';

const enough = new Error('enough');

async function readAll(inbox: RowInbox): Promise<[string, number][]> {
  const found: [string, number][] = [];
  inbox.fail(enough);
  for (;;) {
    const row = await inbox.next().catch((error: unknown) => expect(error).to.equal(enough) && undefined);
    if (row === undefined) return found;
    found.push([row.action, row.count]);
  }
}

describe('the inbox of a subscription', () => {
  it('keeps what the reader has not read, each bucket once, as it is now', async () => {
    const inbox = new RowInbox();
    inbox.take([rowOf('a', 1), rowOf('b', 1)]);
    inbox.take([rowOf('a', 3)]);
    expect(await readAll(inbox)).to.deep.equal([
      ['a', 3],
      ['b', 1],
    ]);
  });

  it('leaves out a row that comes again, or late', async () => {
    const inbox = new RowInbox();
    inbox.take([rowOf('a', 3)]);
    expect(await inbox.next()).to.include({ count: 3 });
    inbox.take([rowOf('a', 3), rowOf('a', 2)]);
    expect(await readAll(inbox)).to.deep.equal([]);
  });

  it('wakes a reader that waits, for a row and for the end', async () => {
    const inbox = new RowInbox();
    const row = inbox.next();
    inbox.take([rowOf('a', 1)]);
    expect(await row).to.include({ count: 1 });
    const end = inbox.next().catch((error: unknown) => error);
    inbox.fail(enough);
    expect(await end).to.equal(enough);
  });

  it('ends with the greatest count of each bucket, and never counts down, whatever is lost, late or twice', async () => {
    const row = fc.record({
      action: fc.constantFrom('a', 'b', 'c'),
      count: fc.integer({ min: 1, max: 9 }),
      reads: fc.nat(2),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 60 }), async (rows) => {
        const inbox = new RowInbox();
        const [shown, greatest] = [new Map<string, number>(), new Map<string, number>()];
        const show = (action: string, count: number) => {
          expect(count).to.be.above(shown.get(action) ?? 0);
          shown.set(action, count);
        };
        for (const { action, count, reads } of rows) {
          const isNew = count > (greatest.get(action) ?? 0);
          inbox.take([rowOf(action, count)]);
          if (!isNew) continue;
          greatest.set(action, count);
          if (reads === 0) continue;
          const read = await inbox.next();
          show(read.action, read.count);
        }
        for (const [action, count] of await readAll(inbox)) show(action, count);
        expect(shown).to.deep.equal(greatest);
      }),
    );
  });
});
