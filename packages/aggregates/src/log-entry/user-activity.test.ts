import { expect } from 'chai';
import fc from 'fast-check';
import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { arbitraryEvent, BASE_MS, type CountableEvent } from '../testing/arbitrary-events.ts';
import { activityBuilderOf, activityOf, expectedActivity, plainActivity } from '../testing/plain-activity.ts';
import { amounts, randomFrom } from '../testing/random.ts';
import { type ActivityBase, readActivity, writeActivity } from './activity-codec.ts';
import { actionsOf, type UserActivity, userHash } from './user-activity.ts';

const DAY = Math.floor(BASE_MS / 86_400_000);
const wholeEvents = fc.array(arbitraryEvent(fc.integer({ min: -1e9, max: 1e9 })), { maxLength: 200, size: 'max' });

function baseOf(events: readonly CountableEvent[]): ActivityBase {
  return { day: DAY, actions: [...new Set(events.map(({ action }) => action))] };
}

function encoded(activity: UserActivity, base: ActivityBase): Uint8Array {
  const out = new ByteWriter();
  writeActivity(out, activity, base);
  return out.finish();
}

function recoded(activity: UserActivity, base: ActivityBase): UserActivity {
  return readActivity(new ByteReader(encoded(activity, base)), () => base);
}

describe("users' activity", () => {
  it('counts and sums by user, day and action, and comes back from its bytes', () => {
    fc.assert(
      fc.property(wholeEvents, (events) => {
        const expected = expectedActivity(events);
        expect(plainActivity(activityOf(events))).to.deep.equal(expected);
        expect(plainActivity(recoded(activityOf(events), baseOf(events)))).to.deep.equal(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps the residue of a sum', () => {
    const events = [1e12, 1e-5, 1e-5].map((value) => ({ action: 'x', timestamp: BASE_MS, value, userId: 'u' }));
    const [cell] = recoded(activityOf(events), baseOf(events)).actionsAt(0);
    expect(cell).to.deep.equal(activityOf(events).actionsAt(0)[0]);
    expect(cell?.sumLow).not.to.equal(0);
  });

  it('answers what it holds of one user, in whatever order users are asked for', () => {
    fc.assert(
      fc.property(wholeEvents, fc.nat(), (events, seed) => {
        const activity = recoded(activityOf(events), baseOf(events));
        const users = [...new Set([...events.map(({ userId }) => userId), 'somebody else'])];
        const random = randomFrom(seed);
        for (const userId of users.sort(() => random() - 0.5)) {
          const found = actionsOf(activity, userHash(userId)).map(
            ({ day, action, count, sum }) => [`${userHash(userId)} ${day} ${action}`, [count, sum]] as const,
          );
          const own = events.filter((event) => event.userId === userId);
          expect(new Map([...found].sort())).to.deep.equal(expectedActivity(own));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('never takes more bytes than the builder promises', () => {
    fc.assert(
      fc.property(fc.array(arbitraryEvent(), { maxLength: 300, size: 'max' }), (events) => {
        const builder = activityBuilderOf(events);
        expect(encoded(builder.build(), baseOf(events)).length).to.be.at.most(builder.maxBytes);
      }),
    );
    const hostile = Array.from({ length: 20_000 }, (_, i) => ({
      action: `action-${i % 40}`,
      timestamp: BASE_MS - (i % 500) * 86_400_000,
      value: i / 7,
      userId: `u_${i % 3}`,
    }));
    const builder = activityBuilderOf([...hostile, ...hostile]);
    expect(encoded(builder.build(), baseOf(hostile)).length).to.be.at.most(builder.maxBytes);
  });

  it('takes at most 12.5 bytes for an event of its own user', () => {
    const random = randomFrom(7);
    const events = amounts(8, 1000).map((value) => ({
      action: `shop.action-${Math.floor(random() * 20)}`,
      timestamp: BASE_MS,
      value,
      userId: `u_${random()}`,
    }));
    expect(encoded(activityOf(events), baseOf(events)).length).to.be.at.most(12_500);
  });

  it('names users by a hash that stays for ever', () => {
    expect([userHash('u_42'), userHash('u_43'), userHash('')].map((hash) => hash.length)).to.deep.equal([16, 16, 16]);
    expect(userHash('u_42')).to.equal('d7f1ed7126997410');
  });

  it('of an action that the entry does not count is refused', () => {
    const activity = activityOf([{ action: 'x', timestamp: BASE_MS, value: 1, userId: 'u' }]);
    expect(() => encoded(activity, { day: DAY, actions: ['y'] })).to.throw(RangeError, 'activity of x');
  });
});
