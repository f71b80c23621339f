import { ActivityBuilder, DeltaBuilder, decodeLogEntry, encodeLogEntry } from '@weir/aggregates';
import type { StoredEntry } from '@weir/dynamodb';
import { expect } from 'chai';
import { NOW } from '../testing/consumer-fixture.ts';
import { foldRange } from './fold-range.ts';

const HOUR_MS = 3_600_000;

/** An entry with one event for each of these users and hours. */
function entry(number: number, { users = 1, hours = 1 }): StoredEntry {
  const delta = new DeltaBuilder();
  const activity = new ActivityBuilder();
  for (let hour = 0; hour < hours; hour++) delta.add('a', NOW - (number * hours + hour) * HOUR_MS, 1, 'u');
  for (let user = 0; user < users; user++) activity.add('a', NOW, 1, `u_${number * users + user}`);
  const body = encodeLogEntry({
    from: undefined,
    to: { sequenceNumber: String(number), index: 0 },
    firstArrival: NOW,
    lastArrival: NOW,
    appendedAt: NOW,
    outcomes: { counted: users, duplicate: 0, other: 0, refused: 0 },
    archive: undefined,
    quarantine: undefined,
    delta: delta.build(),
    activity: activity.build(),
    ids: { size: 0, hashes: new Uint32Array(), arrivals: new Uint32Array() },
  });
  const decoded = decodeLogEntry(body);
  return { number, bytes: body.length, entry: decoded, header: decoded };
}

describe('the range of a fold', () => {
  const numbers = (entries: readonly StoredEntry[], target?: number) =>
    foldRange(entries, { after: -1, target }).map(({ number }) => number);

  it('is all entries that were read if they touch few rows', () => {
    expect(numbers([0, 1, 2].map((number) => entry(number, {})))).to.deep.equal([0, 1, 2]);
  });

  it('touches no more rows of users than fit in memory, but is at least one entry', () => {
    expect(numbers([0, 1, 2].map((number) => entry(number, { users: 20_000 })))).to.deep.equal([0, 1]);
    expect(numbers([0, 1].map((number) => entry(number, { users: 60_000 })))).to.deep.equal([0]);
  });

  it('touches no more rows of actions than fit in memory', () => {
    expect(numbers([0, 1, 2].map((number) => entry(number, { hours: 4_000 })))).to.deep.equal([0, 1]);
  });

  it('ends where the range of an interrupted fold ended', () => {
    const entries = [0, 1, 2].map((number) => entry(number, {}));
    expect(numbers(entries, 1)).to.deep.equal([0, 1]);
    expect(numbers(entries.slice(0, 0), 1)).to.deep.equal([]);
  });
});
