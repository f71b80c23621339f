import { encodeLogEntry } from '@weir/aggregates';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { type Position, padSequenceNumber, type StreamRecord } from '@weir/events';
import { expect } from 'chai';
import type { StreamShard } from '../consume/stream-topology.ts';
import { ARRIVAL_SLACK_MS, findClosedUpTo } from './closed-up-to.ts';
import { ShardBounds } from './shard-bounds.ts';
import type { StreamTip, TipPage } from './stream-tip.ts';

const NOW = Date.UTC(2026, 0, 10, 11, 30);
const HOUR_MS = 3_600_000;
const TIP: TipPage = { records: [], isTip: true, next: 'next' };
const END: TipPage = { records: [], isTip: true, next: undefined };
const NOTHING_YET: TipPage = { records: [], isTip: false, next: 'next' };

interface Shard {
  /** How long ago its newest entry's last record arrived; none is a shard without a log. */
  readonly counted?: number;
  readonly parents?: readonly string[];
  readonly pages: readonly TipPage[];
  /** Where its log ends. */
  readonly end?: Position;
  /** Entries have expired, in any order: the item alone knows the end of the log, and an older entry is still there. */
  readonly isOld?: boolean;
}

const name = (sequenceNumber: number) => padSequenceNumber(String(sequenceNumber));
const END_OF_LOG: Position = { sequenceNumber: name(7), index: 0 };

/** A record that arrived so long ago, with that many events. */
function recordOf(ago: number, sequenceNumber = 8, events = 1): StreamRecord {
  const texts = Array.from({ length: events }, () => '{"broken":true}');
  const data = Buffer.from(texts.join('\n')).toString('base64');
  return { sequenceNumber: name(sequenceNumber), partitionKey: 'k', arrival: NOW - ago, data };
}

const holding = (...records: StreamRecord[]): TipPage => ({ records, isTip: true, next: 'next' });

/** How long ago `closedUpTo` is, beyond the slack. */
async function behind(shards: Readonly<Record<string, Shard>>): Promise<number | undefined> {
  const store = new MemoryMetricsStore();
  for (const [logId, { counted, end = END_OF_LOG, parents = [], isOld }] of Object.entries(shards)) {
    if (counted === undefined) continue;
    await store.register(logId, parents);
    if (isOld) await store.raiseWatermark(logId, { number: 4, position: end, arrival: NOW - counted });
    const to = isOld ? { sequenceNumber: name(1), index: 0 } : end;
    const body = encodeLogEntry({
      ...{ from: undefined, to, firstArrival: 0, lastArrival: NOW - counted, appendedAt: NOW },
      ...{ outcomes: { counted: 0, duplicate: 0, other: 0, refused: 0 }, archive: undefined, quarantine: undefined },
      ...{ delta: new Map(), ids: { size: 0, hashes: new Uint32Array(), arrivals: new Uint32Array() } },
    });
    await store.append(logId, { number: 3, body }, 0);
  }
  const now = () => NOW;
  const stream: StreamTip = {
    listShards: async () =>
      Object.entries(shards).map(
        ([logId, { parents = [] }]): StreamShard => ({
          ...{ shardId: logId, logId, parents, hashRange: { start: '0', end: '1' } },
        }),
      ),
    async *readFrom(shardId) {
      yield* shards[shardId]?.pages ?? [];
    },
  };
  const found = await findClosedUpTo({ store, stream, bounds: new ShardBounds({ stream, now }), now });
  return found === undefined ? undefined : NOW - ARRIVAL_SLACK_MS - found;
}

describe('the time up to which the stream is counted', () => {
  const cases: [what: string, shards: Record<string, Shard>, behind: number | undefined][] = [
    ['is now if all shards are read', { a: { counted: 1, pages: [TIP] }, b: { counted: 5000, pages: [TIP] } }, 0],
    ['is now if a shard was quiet for hours', { a: { counted: 9 * HOUR_MS, pages: [TIP] } }, 0],
    ['is now if no shard ever had a record', { a: { pages: [TIP] }, b: { pages: [TIP] } }, 0],
    [
      'is the arrival of the first record that is not counted yet',
      { a: { counted: 90_000, pages: [holding(recordOf(70_000), recordOf(60_000, 9))] }, b: { pages: [TIP] } },
      70_000,
    ],
    ['is that of the earliest, as arrivals go back', { a: { pages: [holding(recordOf(60), recordOf(70))] } }, 70],
    ['looks past what is folded', { a: { counted: 90, isOld: true, pages: [holding(recordOf(80, 6))] } }, 0],
    ['looks past the record at the head', { a: { counted: 90, pages: [holding(recordOf(90, 7))] } }, 0],
    [
      'waits for the rest of a record that is counted in part',
      {
        a: {
          counted: 90,
          end: { sequenceNumber: name(7), index: 1 },
          pages: [holding(recordOf(90, 7, 3), recordOf(80))],
        },
      },
      90,
    ],
    [
      'does not wait if all of that record is counted',
      { a: { counted: 90, end: { sequenceNumber: name(7), index: 2 }, pages: [holding(recordOf(90, 7, 3))] } },
      0,
    ],
    [
      'is behind by a shard without a log that holds records',
      { a: { counted: 1, pages: [TIP] }, b: { pages: [holding(recordOf(70))] } },
      70,
    ],
    ['goes on after an answer without records', { a: { pages: [NOTHING_YET, holding(recordOf(70))] } }, 70],
    [
      'is the last arrival in the log if a shard answers without records, and never with the tip',
      { a: { counted: 400, pages: Array<TipPage>(20).fill(NOTHING_YET) } },
      400,
    ],
    ['is unknown if such a shard has no log', { a: { pages: Array<TipPage>(20).fill(NOTHING_YET) } }, undefined],
    [
      'leaves out a closed shard that is read to its end, although no child of it has spoken',
      { p: { counted: 9 * HOUR_MS, pages: [END] }, a: { parents: ['p'], pages: [TIP] } },
      0,
    ],
    [
      'does not leave out a closed shard that is not read to its end',
      { p: { counted: 90, pages: [holding(recordOf(80))] }, a: { parents: ['p'], pages: [TIP] } },
      80,
    ],
    [
      'does not ask the ancestors of a shard that has a log, though a shard between has none',
      {
        p: { counted: 90, pages: [holding(recordOf(80))] },
        between: { parents: ['p'], pages: [END] },
        a: { parents: ['between'], counted: 1, pages: [TIP] },
        silent: { parents: ['p'], pages: [TIP] },
      },
      0,
    ],
  ];
  for (const [what, shards, expected] of cases) it(what, async () => expect(await behind(shards)).to.equal(expected));
});
