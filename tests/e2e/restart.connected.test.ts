import { expect } from 'chai';
import { createClient } from '../../packages/client/src/index.ts';
import { expectExact, Ledger, makeEvents, readExactly, type TestEvent } from './ledger.ts';
import { useWeir } from './shared-weir.ts';

const DAY_MS = 86_400_000;
/** More of them with, for example, WEIR_PUSH_CLIENTS=500. */
const READERS = Number(process.env.WEIR_PUSH_CLIENTS ?? 20);

describe('Weir, stopped by Ctrl-C and started again with the same state,', function () {
  this.timeout(240_000);
  const weir = useWeir();
  const ledger = new Ledger();
  const counted = makeEvents({ name: 'restart', count: 120 });
  const waiting = makeEvents({ name: 'restart', from: 120, count: 60 });

  const put = (events: readonly TestEvent[]) =>
    weir.doors.put(events.map((event) => ({ data: JSON.stringify(event), partitionKey: event.id })));
  const post = async (events: readonly TestEvent[]) =>
    expect(await weir.doors.post(JSON.stringify({ events }))).to.include({ status: 202 });

  /** The answers about the events of other tests, if any ran before. */
  const answersOfOthers = async () => {
    const items: { action: string; count: number }[] = (await weir.doors.call('/actions')).body.items;
    const others = items.filter(({ action }) => action !== 'settle' && !action.startsWith('restart.'));
    const read = async ({ action }: { action: string }) => [action, await readExactly(weir.doors, action, 'minute')];
    return { others, series: Object.fromEntries(await Promise.all(others.map(read))) };
  };

  const putLive = (...ids: readonly string[]) =>
    put(ids.map((id) => ({ id, userId: 'u', action: 'restart.live', timestamp: Date.now(), value: 1 })));
  /** Reads live rows with a client until they count so many events. */
  const readLive = async (count: number) => {
    const { apiUrl: url, pushUrl, key } = weir.doors;
    const rows = createClient({ url, pushUrl, key }).live({ actions: ['restart.live'], interval: 'day' });
    for await (const row of rows) if (row.count >= count) return row.count;
    return 0;
  };

  it('gives the same answers, and counts the events that were on the stream when it stopped', async () => {
    ledger.add(counted);
    await Promise.all([put(counted.slice(0, 60)), post(counted.slice(60))]);
    await weir.doors.settle();
    await expectExact(weir.doors, ledger);
    const before = await answersOfOthers();

    await putLive('live-1', 'live-2');
    await Promise.all(Array.from({ length: READERS }, () => readLive(2)));
    const readers = Array.from({ length: READERS }, () => readLive(5));
    await Promise.all([put(waiting), putLive('live-3', 'live-4')]);
    await weir.restart((exitCode) => expect(exitCode).to.equal(0));
    await weir.doors.settle();

    ledger.add(waiting);
    await expectExact(weir.doors, ledger);
    expect(await answersOfOthers()).to.deep.equal(before);
    await putLive('live-5');
    expect(await Promise.all(readers), 'what clients see').to.deep.equal(Array.from(readers, () => 5));
  });

  it('does not count the same ids again', async () => {
    const added = makeEvents({ name: 'restart', from: 180, count: 20 });
    ledger.add(added);
    await Promise.all([post([...counted.slice(0, 90), ...added]), put([...counted.slice(60), ...waiting])]);
    await post(waiting);
    await weir.doors.settle();
    await expectExact(weir.doors, ledger);
  });

  it('goes on at once with a job whose parts were running, and the result has the same bytes', async () => {
    const from = Math.floor(Date.now() / DAY_MS) * DAY_MS - 20 * DAY_MS;
    const more = { kind: 'retention', actions: ['restart.visit'] } as const;
    const event = (userId: string, day: number) => {
      return { action: 'restart.visit', userId, timestamp: from + day * DAY_MS, value: 1 };
    };
    const events = [event('ann', 0), event('bob', 0), event('ann', 8)];
    expect(await weir.doors.post(JSON.stringify({ events }))).to.include({ status: 202 });
    await weir.doors.settle();
    const resultOf = async (id = '') => {
      const job = await weir.doors.until(id, ({ status }) => ['done', 'failed'].includes(status));
      expect([job.status, job.reason]).to.deep.equal(['done', undefined]);
      return weir.doors.result(job);
    };
    const undisturbed = await resultOf(await weir.doors.ask({ keyId: 'key-of-restart-1', from, days: 21, more }));
    expect(JSON.parse(undisturbed).cohorts).to.have.length(1);

    const match = { service: 's3', action: 'PutObject', caller: 'weirreportswork' };
    await weir.doors.control('POST', 'faults', { match, kind: 'delay', delayMs: 60_000 });
    const id = await weir.doors.ask({ keyId: 'key-of-restart-2', from, days: 21, more });
    await weir.doors.until(id ?? '', ({ sentAt }) => sentAt !== undefined);
    await weir.doors.untilReceived('report-parts');
    await weir.restart((exitCode) => expect(exitCode).to.equal(0));
    expect(await resultOf(id)).to.equal(undisturbed);
  });
});
