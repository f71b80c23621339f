import type { Position } from '@weir/events';
import { expect } from 'chai';
import { ShardBounds } from './shard-bounds.ts';
import type { TipPage, TipStart } from './stream-tip.ts';

const NOW = Date.UTC(2026, 0, 10, 11, 30);
const MINUTE_MS = 60_000;
const HEAD_ARRIVAL = NOW - 3_600_000;
const SHARD = { shardId: 's', logId: '1.s', parents: [], hashRange: { start: '0', end: '1' } };
const AT_HEAD: TipStart = { sequenceNumber: '7' };

const end = (sequenceNumber: string, index = 0): Position => ({ sequenceNumber, index });
const empty = (next: string | undefined, isTip = false): TipPage => ({ records: [], isTip, next });
const holding = (arrival: number, next: string): TipPage => ({
  ...{ isTip: true, next },
  records: [{ sequenceNumber: '8', partitionKey: 'k', arrival, data: Buffer.from('{}').toString('base64') }],
});

describe('the bound of a shard', () => {
  let time: number;
  let starts: TipStart[];
  let pages: readonly TipPage[];
  /** How long an answer takes. */
  let takesMs: number;
  let isBroken: boolean;
  let bounds: ShardBounds;
  beforeEach(() => {
    time = NOW;
    starts = [];
    takesMs = 0;
    isBroken = false;
    const stream = {
      async *readFrom(_shardId: string, start: TipStart) {
        starts.push(start);
        if (isBroken) throw new Error('expired');
        for (const page of pages) {
          time += takesMs;
          yield page;
        }
      },
    };
    bounds = new ShardBounds({ stream, now: () => time });
  });

  /** Reads the shard as a sweep does, a minute later than the last one. */
  async function bound(answers: readonly TipPage[], position: Position = end('7')): Promise<number> {
    pages = answers;
    time += MINUTE_MS;
    return bounds.boundOf({ shard: SHARD, head: { position, arrival: HEAD_ARRIVAL }, calledAt: time });
  }

  it('is found through any number of answers without records, as the next sweep goes on where this one ended', async () => {
    const quiet = Array.from({ length: 250 }, (_, i) => empty(`${i}`));
    const all = [...quiet, empty('tip', true)];
    expect(await bound(all)).to.equal(HEAD_ARRIVAL);
    expect(await bound(all.slice(100))).to.equal(HEAD_ARRIVAL);
    expect(await bound(all.slice(200))).to.equal(time);
    expect(await bound([empty('later', true)])).to.equal(time);
    expect(starts).to.deep.equal([AT_HEAD, { next: '99' }, { next: '199' }, { next: 'tip' }]);
  });

  it('is left to the next sweep if the answers take long', async () => {
    takesMs = 15_000;
    expect(await bound([empty('a'), empty('b'), empty('c'), empty('d', true)])).to.equal(HEAD_ARRIVAL);
    expect(await bound([empty('d', true)])).to.equal(time - takesMs);
    expect(starts).to.deep.equal([AT_HEAD, { next: 'c' }]);
  });

  it('stays at a record that is not counted', async () => {
    const waiting = holding(NOW, 'past');
    expect(await bound([empty('a'), waiting])).to.equal(NOW);
    expect(await bound([waiting])).to.equal(NOW);
    expect(starts).to.deep.equal([AT_HEAD, { next: 'a' }]);
  });

  it('begins at the end of the log again when the log has grown, even within a record', async () => {
    await bound([empty('a', true)]);
    await bound([empty('b', true)], end('7', 1));
    await bound([empty('c', true)], end('9'));
    expect(starts).to.deep.equal([AT_HEAD, AT_HEAD, { sequenceNumber: '9' }]);
  });

  it('begins there too when Kinesis has forgotten the place', async () => {
    await bound([empty('a', true)]);
    time += 4 * MINUTE_MS;
    await bound([empty('b', true)]);
    isBroken = true;
    await bound([]).catch(() => {});
    isBroken = false;
    await bound([empty('c', true)]);
    expect(starts).to.deep.equal([AT_HEAD, AT_HEAD, { next: 'b' }, AT_HEAD]);
  });

  it('needs no question once a closed shard was read to its end', async () => {
    expect(await bound([empty(undefined, true)])).to.equal(Number.POSITIVE_INFINITY);
    time += 60 * MINUTE_MS;
    expect(await bound([])).to.equal(Number.POSITIVE_INFINITY);
    expect(starts).to.have.length(1);
  });
});
