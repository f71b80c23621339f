import { buffer } from 'node:stream/consumers';
import { MemoryObjectStore } from '@weir/archive/memory';
import type { ArchiveLine } from '@weir/archive/reading';
import { expect } from 'chai';
import { calendarOf } from '../../daily/calendar-of.ts';
import { createRetentionMethod } from '../retention/retention-method.ts';
import { createByUserKind } from './by-user-kind.ts';
import { createEventCollector } from './event-collector.ts';
import { type LinesPiece, lineOf, memoryArchive, pieceOf } from './testing/memory-archive.ts';
import { resultFiles } from './testing/result-files.ts';

const MIB = 1024 * 1024;
const WEEK_MS = 7 * 24 * 3_600_000;
const FOLDER = 'jobs/a/b/';
const QUESTION = { kind: 'retention', from: 0, to: 8 * WEEK_MS, timeZone: 'UTC', actions: undefined } as const;
const USERS = 50;

/** Five parts, each with an event of every user, in a week that differs from user to user. */
const PIECES: readonly LinesPiece[] = Array.from({ length: 5 }, (_, hour) =>
  pieceOf({
    ...{ hour, keys: [`k${hour}`], bytes: 200 * MIB },
    lines: Array.from({ length: USERS }, (_, user) =>
      lineOf({ timestamp: ((hour * user) % 8) * WEEK_MS, arrival: hour, userId: `u${user}` }),
    ),
  }),
);

/** The archive after the erasure of some people. */
function erased(isErased: (userId: string) => boolean): LinesPiece[] {
  const without = (line: ArchiveLine) => (isErased(line.userId ?? '') ? { ...line, userId: undefined } : line);
  return PIECES.map((piece) => ({ ...piece, lines: piece.lines.map(without) }));
}

const method = {
  ...createRetentionMethod({ calendarOf, render: resultFiles }),
  newCollector: () => createEventCollector(200),
};

async function open(pieces: readonly LinesPiece[] = PIECES, files = new MemoryObjectStore(() => 0)) {
  const kind = createByUserKind({ reader: memoryArchive(pieces), files }, method);
  const { phases } = await kind.plan(QUESTION, FOLDER);
  const job = { id: 'a', question: QUESTION, folder: FOLDER, phases };
  const all = Array.from({ length: (phases[0] ?? 0) + (phases[1] ?? 0) }, (_, part) => part);
  return { kind, files, job, mapped: all.slice(0, phases[0]), ranges: all.slice(phases[0]) };
}

type Opened = Awaited<ReturnType<typeof open>>;

const run = async ({ kind, job }: Opened, parts: readonly number[]) => {
  for (const part of parts) await kind.run(job, part);
};
const jsonOf = async ({ kind, job }: Opened) => (await buffer((await kind.assemble(job)).json)).toString();

describe('a question that follows users', () => {
  let expected: string;

  before(async () => {
    const opened = await open();
    await run(opened, [...opened.mapped, ...opened.ranges]);
    expected = await jsonOf(opened);
    expect(opened.mapped.length).to.equal(5);
    expect(opened.ranges.length).to.be.above(20);
    const { cohorts } = JSON.parse(expected) as { cohorts: { size: number }[] };
    expect(cohorts.reduce((sum, { size }) => sum + size, 0)).to.equal(USERS);
  });

  it('has the same bytes when parts of a phase run in another order, twice, and at the same time', async () => {
    const opened = await open();
    const { kind, job, mapped, ranges } = opened;
    const twice = (parts: readonly number[]) => [...parts.toReversed(), ...parts];
    await Promise.all(twice(mapped).map((part) => kind.run(job, part)));
    await Promise.all(twice(ranges).map((part) => kind.run(job, part)));
    await run(opened, [...mapped, ...ranges]);
    expect([await jsonOf(opened), await jsonOf(opened)]).to.deep.equal([expected, expected]);
  });

  it('keeps to the first attempt of each part if people are erased before the second', async () => {
    const opened = await open();
    await run(opened, opened.mapped);
    const later = await open(
      erased((userId) => userId.endsWith('1')),
      opened.files,
    );
    await run(later, [...later.mapped, ...later.ranges]);
    expect(await jsonOf(later)).to.equal(expected);
  });

  it('keeps to one of two attempts that ran at the same time, with an erasure between them', async () => {
    const opened = await open();
    const later = await open(
      erased(() => true),
      opened.files,
    );
    // The index of each attempt is of its own object: whichever came first, ranges fit their records.
    await Promise.all(
      opened.mapped.flatMap((part) => [later.kind.run(later.job, part), opened.kind.run(opened.job, part)]),
    );
    await run(opened, opened.ranges);
    const { cohorts, erasedEvents } = JSON.parse(await jsonOf(opened));
    expect(cohorts.length === 0 ? erasedEvents % USERS : cohorts[0].size > 0).to.be.oneOf([0, true]);
  });

  it('counts the events of people who were erased before, and not their users', async () => {
    const opened = await open(erased((userId) => userId.endsWith('1')));
    await run(opened, [...opened.mapped, ...opened.ranges]);
    const { cohorts, erasedEvents } = JSON.parse(await jsonOf(opened)) as {
      cohorts: { size: number }[];
      erasedEvents: number;
    };
    expect(erasedEvents).to.equal(25);
    expect(cohorts.reduce((sum, { size }) => sum + size, 0)).to.equal(45);
  });

  it('reads one range of each map object in a part of its second phase', async () => {
    const opened = await open();
    await run(opened, opened.mapped);
    const ranges: string[] = [];
    const { files } = opened;
    const getRange = files.getRange.bind(files);
    files.getRange = (key, from, into) => {
      ranges.push(key);
      return getRange(key, from, into);
    };
    for (const part of opened.ranges) {
      ranges.length = 0;
      await opened.kind.run(opened.job, part);
      expect(new Set(ranges).size).to.equal(ranges.length);
    }
  });

  it('goes on with the next part after one has failed', async () => {
    const opened = await open();
    const { files } = opened;
    const putHashed = files.putHashed.bind(files);
    files.putHashed = () => Promise.reject(new Error('no bucket'));
    expect(await opened.kind.run(opened.job, 0).catch((error: Error) => error.message)).to.equal('no bucket');
    files.putHashed = putHashed;
    await run(opened, [...opened.mapped, ...opened.ranges]);
    expect(await jsonOf(opened)).to.equal(expected);
  });
});
