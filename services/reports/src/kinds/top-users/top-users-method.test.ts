import { expect } from 'chai';
import fc from 'fast-check';
import { archives, ranges } from '../by-user/testing/arbitrary-archive.ts';
import { lineOf, memoryArchive, pieceOf } from '../by-user/testing/memory-archive.ts';
import { runByUser } from '../by-user/testing/run-by-user.ts';
import { topUsersMethod } from './top-users-method.ts';
import { createUserCollector } from './user-collector.ts';

/** Runs of one or two users. */
const method = { ...topUsersMethod, newCollector: () => createUserCollector(40) };
const ALWAYS = { kind: 'users', from: 0, to: 1000, timeZone: 'UTC', actions: undefined } as const;

async function answer(userIds: readonly string[]) {
  const lines = userIds.map((userId) => lineOf({ userId, timestamp: 5 }));
  const reader = memoryArchive([pieceOf({ lines })]);
  return JSON.parse((await runByUser({ reader, question: ALWAYS }, topUsersMethod)).json);
}

describe('the top users', () => {
  it('are those with the most events, as a plain count says', () =>
    fc.assert(
      fc.asyncProperty(archives, ranges, async (pieces, range) => {
        const question = { ...ALWAYS, ...range };
        const { json } = await runByUser({ reader: memoryArchive(pieces), question }, method);
        const asked = pieces
          .flatMap(({ lines }) => lines)
          .filter(
            ({ outcome, timestamp }) => outcome !== 'duplicate' && timestamp >= range.from && timestamp < range.to,
          );
        const known = asked.filter(({ userId }) => userId !== undefined);
        const counts = [...Map.groupBy(known, ({ userId }) => userId)].map(([userId, own]) => ({
          userId,
          count: own.length,
        }));
        expect(JSON.parse(json)).to.deep.equal({
          top: counts.sort((a, b) => b.count - a.count || (String(a.userId) < String(b.userId) ? -1 : 1)),
          counted: known.length,
          erasedEvents: asked.length - known.length,
        });
      }),
    )).timeout(60_000);

  it('are ten, and of equal ones the first by id', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => `u${String(i).padStart(2, '0')}`);
    const { top, counted } = await answer([...ids, 'u25', ...ids.slice(3, 9)]);
    expect(counted).to.equal(37);
    const expected = [
      ['u03', 2],
      ['u04', 2],
      ['u05', 2],
      ['u06', 2],
      ['u07', 2],
      ['u08', 2],
      ['u25', 2],
    ];
    expect(top.map((user: { userId: string; count: number }) => [user.userId, user.count])).to.deep.equal([
      ...expected,
      ...[
        ['u00', 1],
        ['u01', 1],
        ['u02', 1],
      ],
    ]);
  });

  it('have ids of every kind', async () => {
    const ids = ['\ud800', '\ud801', '漢'.repeat(256), '🌊', '\0'];
    const { top } = await answer(ids);
    expect(top.map(({ userId }: { userId: string }) => userId)).to.deep.equal(ids.sort());
  });
});
