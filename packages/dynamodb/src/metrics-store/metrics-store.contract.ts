import { encodeLogEntry, TruncatedBytesError, UnknownFormatError } from '@weir/aggregates';
import { expect } from 'chai';
import type { EntryWrite, MetricsStore, RowKey, RowWrite } from './metrics-store.ts';

const KEY: RowKey = { kind: 'hour', subject: 'a', bucket: 10, logId: '1.0' };
const body = (...bytes: number[]) => Uint8Array.from(bytes);
const row = (key: RowKey, upTo: number, madeFrom: number | undefined): RowWrite => {
  return { key, upTo, madeFrom, body: body(upTo), expiresAt: undefined };
};

/** An entry that is recognised by the time at which it was appended, with that many ids. */
const entry = (number: number, { appendedAt = number, ids = 0 } = {}): EntryWrite => {
  const hashes = Uint32Array.from({ length: 2 * ids }, (_, i) => Math.imul(i + 1, 0x9e3779b9));
  const written = encodeLogEntry({
    from: undefined,
    to: { sequenceNumber: '7'.padStart(56, '0'), index: 0 },
    ...{ firstArrival: 0, lastArrival: 0, appendedAt },
    outcomes: { counted: ids, duplicate: 0, other: 0, refused: 0 },
    ...{ archive: undefined, quarantine: undefined, delta: new Map() },
    ids: { size: ids, hashes, arrivals: new Uint32Array(ids) },
  });
  return { number, body: written };
};

/** What every implementation of the store must do. `open` gives an empty one. */
export function describeMetricsStore(name: string, open: () => Promise<MetricsStore>): void {
  describe(`the metrics store ${name}`, () => {
    let store: MetricsStore;
    beforeEach(async () => {
      store = await open();
    });

    it('appends an entry once, and tells the second writer', async () => {
      expect(await store.append('1.0', entry(0, { appendedAt: 1 }), 99)).to.equal(true);
      expect(await store.append('1.0', entry(0, { appendedAt: 2 }), 99)).to.equal(false);
      const found = await store.readAfter('1.0', -1);
      expect(found.map((each) => [each.number, each.entry.appendedAt])).to.deep.equal([[0, 1]]);
    });

    it('gives the newest entries of a log, as many as are asked for', async () => {
      const newest = async (maxEntries: number) => {
        const numbers: number[] = [];
        for await (const { number } of store.readBackwards('1.0', { maxEntries })) numbers.push(number);
        return numbers;
      };
      expect(await newest(1)).to.deep.equal([]);
      for (const number of [0, 1, 2]) await store.append('1.0', entry(number), 99);
      expect(await newest(1)).to.deep.equal([2]);
      expect(await newest(2)).to.deep.equal([2, 1]);
      expect(await newest(4)).to.deep.equal([2, 1, 0]);
    });

    it('keeps the latest progress, also among writers at once', async () => {
      expect(await store.readProgress()).to.equal(undefined);
      expect(await store.writeProgress({ closedUpTo: 500, at: 600 })).to.equal(true);
      expect(await store.readProgress()).to.deep.equal({ closedUpTo: 500, at: 600 });
      for (const closedUpTo of [500, 499, 0]) {
        expect(await store.writeProgress({ closedUpTo, at: 700 }), `${closedUpTo}`).to.equal(false);
      }
      await Promise.all([504, 501, 507, 503].map((closedUpTo) => store.writeProgress({ closedUpTo, at: 800 })));
      expect(await store.readProgress()).to.deep.equal({ closedUpTo: 507, at: 800 });
    });

    it('lets one of many writers at once append an entry, take a slot, and record a run', async () => {
      const writers = Array.from({ length: 8 }, (_, writer) => writer);
      const run = { logId: '1.0', from: 0, to: 4, hour: 7, digest: 'd', swept: false };
      const wins = await Promise.all([
        Promise.all(writers.map((writer) => store.append('1.0', entry(0, { appendedAt: writer }), 99))),
        Promise.all(writers.map((writer) => store.takeSlot(0, `a${writer}`))),
        Promise.all(writers.map((writer) => store.addRun({ ...run, to: writer }))),
      ]);
      const winners = wins.map((won) => won.flatMap((isFirst, writer) => (isFirst ? [writer] : [])));
      expect(winners.map((each) => each.length)).to.deep.equal([1, 1, 1]);
      const found = [
        (await store.readAfter('1.0', -1)).map((each) => each.entry.appendedAt),
        (await store.readSlots(-1)).map((action) => Number(action.slice(1))),
        (await store.newestRuns('1.0', 9)).map(({ to }) => to),
      ];
      expect(found).to.deep.equal(winners);
    });

    it('hands out an entry as it was appended, decoded once, with the length of its bytes', async () => {
      const written = entry(3, { appendedAt: 5, ids: 2 });
      await store.append('1.0', written, 99);
      const [found] = await store.readAfter('1.0', -1);
      expect(found?.bytes).to.equal(written.body.length);
      expect(found?.entry && encodeLogEntry(found.entry)).to.deep.equal(written.body);
      expect(found?.header).to.deep.include({ appendedAt: 5, outcomes: found?.entry.outcomes });
      expect(found?.entry).to.equal(found?.entry);
      for await (const backwards of store.readBackwards('1.0')) expect(backwards.entry).to.deep.equal(found?.entry);
    });

    it('refuses by name an entry that cannot be decoded, when it is looked at and not before', async () => {
      const whole = entry(3, { ids: 9 });
      const cut = { number: 2, body: whole.body.subarray(0, -1) };
      for (const each of [{ number: 1, body: body(9) }, cut, whole]) await store.append('1.0', each, 99);
      const forwards = await store.readAfter('1.0', -1);
      const backwards: typeof forwards = [];
      for await (const found of store.readBackwards('1.0')) backwards.unshift(found);
      for (const [unknown, cutShort, last] of [forwards, backwards]) {
        expect(unknown?.number).to.equal(1);
        expect(() => unknown?.entry).to.throw(UnknownFormatError, 'log entry');
        expect(() => unknown?.header).to.throw(UnknownFormatError, 'log entry');
        expect(() => cutShort?.entry).to.throw(TruncatedBytesError);
        expect(cutShort?.header.outcomes.counted).to.equal(9);
        expect(last?.entry.ids.size).to.equal(9);
      }
    });

    it('reads entries past a number in order, and none of another log', async () => {
      for (const number of [0, 1, 2, 9, 10, 11]) await store.append('1.0', entry(number), 99);
      await store.append('1.1', entry(5), 99);
      const maxBytes = 3 * entry(0).body.length;
      expect((await store.readAfter('1.0', 1)).map(({ number }) => number)).to.deep.equal([2, 9, 10, 11]);
      expect((await store.readAfter('1.0', -1, { maxEntries: 2 })).map(({ number }) => number)).to.deep.equal([0, 1]);
      expect((await store.readAfter('1.0', -1, { maxBytes })).map(({ number }) => number)).to.deep.equal([0, 1, 2]);
      const backwards: number[] = [];
      for await (const { number } of store.readBackwards('1.0')) backwards.push(number);
      expect(backwards).to.deep.equal([11, 10, 9, 2, 1, 0]);
    });

    it('reads logs longer than a page', async () => {
      const { body: large } = entry(0, { ids: 300 * 128 });
      expect(large.length).to.be.within(250 * 1024, 300 * 1024);
      for (let number = 0; number < 8; number++) await store.append('1.0', { number, body: large }, 99);
      expect(await store.readAfter('1.0', 0)).to.have.length(7);
      expect(await store.readAfter('1.0', -1, { maxBytes: 700 * 1024 })).to.have.length(3);
    });

    it('registers a log once, and keeps its parents and its watermark', async () => {
      await store.register('1.2', ['1.0', '1.1']);
      const watermark = { number: 4, position: { sequenceNumber: '7', index: 2 }, arrival: 5 };
      await store.raiseWatermark('1.2', watermark);
      await store.register('1.2', []);
      expect(await store.find('1.2')).to.deep.equal({ logId: '1.2', parents: ['1.0', '1.1'], watermark });
      expect(await store.list()).to.deep.equal([{ logId: '1.2', parents: ['1.0', '1.1'], watermark }]);
      expect(await store.find('1.3')).to.equal(undefined);
    });

    it('never lowers a watermark, and makes no item for one', async () => {
      const at = (number: number) => ({ number, position: { sequenceNumber: `${number}`, index: 0 }, arrival: 1 });
      await store.raiseWatermark('1.0', at(3));
      expect(await store.find('1.0')).to.equal(undefined);
      await store.register('1.0', []);
      expect((await store.find('1.0'))?.watermark.number).to.equal(-1);
      await store.raiseWatermark('1.0', at(3));
      await store.raiseWatermark('1.0', at(2));
      expect((await store.find('1.0'))?.watermark).to.deep.equal(at(3));
    });

    it('writes rows that are still as they were read, and names those that have changed', async () => {
      const other = { ...KEY, bucket: 11 };
      expect(await store.writeRows([row(KEY, 3, undefined), row(other, 3, undefined)])).to.deep.equal([]);
      const movedOn = await store.writeRows([row(KEY, 5, 3), row(other, 5, 2), row({ ...KEY, bucket: 12 }, 5, 3)]);
      expect(movedOn).to.deep.equal([other, { ...KEY, bucket: 12 }]);
      expect(await store.writeRows([row(KEY, 9, undefined)])).to.deep.equal([KEY]);
      const rows = await store.readRows([KEY, other, { ...KEY, bucket: 12 }]);
      expect(new Map(rows.map(({ key, upTo }) => [key.bucket, upTo]))).to.deep.equal(
        new Map([
          [10, 5],
          [11, 3],
        ]),
      );
    });

    it('lets one of many writers at once change a row, and tells the others', async () => {
      for (const madeFrom of [undefined, 0]) {
        if (madeFrom !== undefined) await store.writeRows([row({ ...KEY, bucket: 11 }, madeFrom, undefined)]);
        const key = madeFrom === undefined ? KEY : { ...KEY, bucket: 11 };
        const movedOn = await Promise.all([1, 2, 3, 4, 5].map((upTo) => store.writeRows([row(key, upTo, madeFrom)])));
        expect(movedOn.filter((keys) => keys.length === 0)).to.have.length(1);
        const [found] = await store.readRows([key]);
        expect(movedOn[(found?.upTo ?? 0) - 1]).to.deep.equal([]);
      }
    });

    it('tells a row that was emptied from one that holds as many entries', async () => {
      await store.writeRows([row(KEY, 3, undefined)]);
      expect(await store.writeRows([row(KEY, 3.5, 3)])).to.deep.equal([]);
      expect(await store.writeRows([row(KEY, 4, 3)])).to.deep.equal([KEY]);
      expect((await store.readRows([KEY])).map(({ upTo }) => upTo)).to.deep.equal([3.5]);
      expect(await store.writeRows([row(KEY, 4, 3.5)])).to.deep.equal([]);
    });

    it('reads and writes no rows where none are named, and finds none where there are none', async () => {
      expect(await store.readRows([])).to.deep.equal([]);
      expect(await store.writeRows([])).to.deep.equal([]);
      expect(await store.readRows([KEY])).to.deep.equal([]);
      expect(await store.queryRows({ kind: 'hour', subject: 'a', from: 0, to: 9_999_999 })).to.deep.equal([]);
      expect(await store.listAllTime()).to.deep.equal([]);
      expect(await store.readSlots(-1)).to.deep.equal([]);
      expect(await store.newestRuns('1.0', 9)).to.deep.equal([]);
      expect(await store.list()).to.deep.equal([]);
    });

    it('writes and reads more rows than one request takes', async () => {
      const keys = Array.from({ length: 130 }, (_, bucket) => ({ ...KEY, bucket }));
      await store.writeRows(keys.map((key) => ({ ...row(key, 1, undefined), expiresAt: 2_000_000_000 })));
      expect(await store.writeRows(keys.map((key) => ({ ...row(key, 2, 1), expiresAt: 2_000_000_000 })))).to.deep.equal(
        [],
      );
      expect(await store.readRows(keys)).to.have.length(130);
      const some = await store.queryRows({ kind: 'hour', subject: 'a', from: 20, to: 29 });
      expect(some.map(({ key, upTo }) => [key.bucket, upTo])).to.deep.equal(
        keys.slice(20, 30).map(({ bucket }) => [bucket, 2]),
      );
    });

    it('finds all logs of the buckets asked for, and of no other action or kind', async () => {
      const wanted = [KEY, { ...KEY, logId: '1.1' }, { ...KEY, bucket: 11 }];
      const others: RowKey[] = [
        { ...KEY, bucket: 9 },
        { ...KEY, bucket: 12 },
        { ...KEY, subject: 'ab' },
        { ...KEY, kind: 'day' },
      ];
      await store.writeRows([...wanted, ...others].map((key) => row(key, 1, undefined)));
      const found = await store.queryRows({ kind: 'hour', subject: 'a', from: 10, to: 11 });
      expect(found.map(({ key }) => key)).to.deep.equal(wanted);
    });

    it('lists all-time rows', async () => {
      const all: RowKey[] = ['a', 'b:c', 'b:c'].map((subject, i) => ({
        kind: 'all',
        subject,
        bucket: 0,
        logId: `1.${i}`,
      }));
      await store.writeRows(all.map((key) => row(key, 1, undefined)));
      expect((await store.listAllTime()).map(({ key }) => key)).to.deep.equal(all);
    });

    it('keeps the first secret, and gives it to everybody', async () => {
      const secrets = await Promise.all(['a', 'b', 'c'].map((candidate) => store.keepSecret(candidate)));
      expect(new Set(secrets).size).to.equal(1);
      expect(await store.keepSecret('d')).to.equal(secrets[0]);
    });

    it('gives each slot to one action', async () => {
      expect([await store.takeSlot(0, 'a'), await store.takeSlot(0, 'b'), await store.takeSlot(1, 'b')]).to.deep.equal([
        true,
        false,
        true,
      ]);
      expect(await store.readSlots(-1)).to.deep.equal(['a', 'b']);
      expect(await store.readSlots(0)).to.deep.equal(['b']);
    });

    it('records each run of the archive once, newest first', async () => {
      const run = { logId: '1.0', from: 0, to: 4, hour: 7, digest: 'd', swept: false };
      expect([await store.addRun(run), await store.addRun({ ...run, to: 9 })]).to.deep.equal([true, false]);
      await store.addRun({ ...run, from: 5, to: 6 });
      await store.markSwept(run);
      expect(await store.newestRuns('1.0', 9)).to.deep.equal([
        { ...run, from: 5, to: 6 },
        { ...run, swept: true },
      ]);
      expect(await store.findRun('1.0', 0)).to.deep.equal({ ...run, swept: true });
      expect(await store.findRun('1.0', 1)).to.equal(undefined);
      expect(await store.newestRuns('1.0', 1)).to.have.length(1);
      expect((await store.newestRuns('1.0', 9, 5)).map(({ from }) => from)).to.deep.equal([0]);
      expect(await store.newestRuns('1.0', 9, 0)).to.deep.equal([]);
      expect(await store.newestRuns('1.0', Number.MAX_SAFE_INTEGER)).to.have.length(2);
    });
  });
}
