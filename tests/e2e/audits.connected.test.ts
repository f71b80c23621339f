import { decodeHourRow, encodeHourRow } from '@weir/aggregates';
import { foldLog } from '@weir/ingest-stream/src/fold/fold-log.ts';
import { runAudit } from '@weir/ops/src/commands/run-audit.ts';
import { expect } from 'chai';
import { useWeir } from './shared-weir.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
const ACTION = 'audited';
const JSON_TYPE = { 'content-type': 'application/json' };

/** A bucket that differs, as the API shows it. */
interface Bucket {
  readonly action: string;
  readonly unit: string;
  readonly start: string;
}

describe('an audit of a day', function () {
  this.timeout(240_000);
  const weir = useWeir();
  const from = Math.floor(Date.now() / DAY_MS) * DAY_MS - 3 * DAY_MS;
  const date = new Date(from).toISOString().slice(0, 10);
  const hour = from / HOUR_MS + 14;

  /** Audits the day by the state machine, as `npm run ops -- audit` does. */
  const audit = () =>
    runAudit(
      { invoke: (name, event) => weir.doors.invokeFunction(name, event), tell: () => undefined },
      { from: date, to: date, stage: 'local' },
    );

  /** Folds all logs, so that there are rows. */
  async function fold(): Promise<void> {
    const store = weir.doors.metricsStore;
    for (const { logId } of await store.list()) {
      const fold = () => foldLog({ store, now: () => Date.now() }, logId, { deadline: Number.POSITIVE_INFINITY });
      while ((await fold()).kind !== 'nothing');
    }
  }

  /** Adds an event to the count of a minute, by hand. */
  async function changeRow(minute: number, by: number): Promise<void> {
    const store = weir.doors.metricsStore;
    const rows = await store.queryRows({ kind: 'hour', subject: ACTION, from: hour, to: hour });
    const row = rows.find(({ body }) => decodeHourRow(body).minutes.has(minute));
    if (!row) throw new Error(`no row has minute ${minute}`);
    const body = decodeHourRow(row.body);
    const totals = body.minutes.get(minute);
    if (totals) totals.count += by;
    await store.writeRows([{ ...row, body: encodeHourRow(body), madeFrom: row.upTo, expiresAt: undefined }]);
  }

  it('is clean beside a sweep and an erasure, and is read from the API', async () => {
    const { doors } = weir;
    const event = (userId: string, minute: number, value: number) => {
      return { action: ACTION, userId, value, timestamp: hour * HOUR_MS + minute * MINUTE_MS };
    };
    const events = [event('audited me', 7, 1), event('audited you', 7, 2.5), event('audited you', 8, 4)];
    expect((await doors.post(JSON.stringify({ events }))).status).to.equal(202);
    await doors.settle();
    await fold();
    await doors.invokeFunction('weir-ingest-stream-local-sweep', {});
    const path = `/users/${encodeURIComponent('audited me')}`;
    expect((await doors.call(path, { method: 'DELETE', headers: JSON_TYPE })).status).to.equal(202);

    expect(await audit()).to.deep.equal({ isDone: true, text: `${date} is clean: rows and archive agree.` });
    const { status, body } = await doors.call(`/audits/${date}`);
    expect(status).to.equal(200);
    expect(body).to.deep.include({ date, timeZone: 'UTC', status: 'clean', drift: 0, buckets: [], missingObjects: [] });
    expect(body.asOf).to.be.a('string');
    expect(await (await fetch(body.links.json)).json()).to.deep.include({ date, buckets: [], missingObjects: [] });
  });

  it('finds exactly the bucket of a row that was changed by hand', async () => {
    await changeRow(7, 1);
    const { isDone, text } = await audit();
    expect({ isDone, text }).to.have.property('isDone', true);
    expect(text).to.include(`${date} has drift: 1 `);
    const { body } = await weir.doors.call(`/audits/${date}`);
    const start = new Date(hour * HOUR_MS + 7 * MINUTE_MS).toISOString();
    const found = { action: ACTION, unit: 'minute', start, field: 'count', stored: '3', archived: '2' };
    expect(body).to.deep.include({ status: 'drift', drift: 1, buckets: [found], missingObjects: [] });
    // The next test finds nothing of it any more.
    await changeRow(7, -1);
  });

  it('finds exactly what a line lacks that was taken out of an object, and what an object lacks that was deleted', async () => {
    const { doors } = weir;
    const action = 'audited.lines';
    const events = [9, 10].map((minute) => {
      return { action, userId: `in ${minute}`, value: minute, timestamp: hour * HOUR_MS + minute * MINUTE_MS };
    });
    expect((await doors.post(JSON.stringify({ events }))).status).to.equal(202);
    await doors.settle();
    const whole = await doors.objectWith(`"${action}"`);
    /** The buckets that differ, each once, and the objects that are missing. */
    const found = async () => {
      const { isDone, text } = await audit();
      expect(isDone, text).to.equal(true);
      const { body } = await doors.call(`/audits/${date}`);
      const differing = body.buckets.map((one: Bucket) => [one.action, one.unit, one.start.slice(11, 16)].join(' '));
      return { drift: body.drift, buckets: [...new Set(differing)], missingObjects: body.missingObjects };
    };
    const minutes = ['09', '10'].map((minute) => `${action} minute 14:${minute}`);
    const above = [`${action} hour 14:00`, `${action} day 00:00`];
    const isOfMinute9 = (line: string) => line.includes('"in 9"');

    await doors.changeObject({ ...whole, lines: whole.lines.filter((line) => !isOfMinute9(line)) });
    expect(await found()).to.deep.equal({ drift: 3, buckets: [minutes[0], ...above], missingObjects: [] });
    await doors.changeObject({ ...whole, lines: [] });
    const more = { kind: 'retention', actions: [action] } as const;
    const job = await doors.ask({ keyId: 'key-of-audits', from, days: 1, more });
    expect(await found()).to.deep.equal({ drift: 5, buckets: [...minutes, ...above], missingObjects: [whole.key] });
    const ended = await doors.until(job ?? '', ({ status }) => status !== 'queued' && status !== 'running');
    expect([ended.status, ended.reason]).to.deep.equal(['failed', 'missing-archive-object']);
    await doors.changeObject(whole);
    expect(await doors.redrive(job)).to.have.property('isDone', true);
    expect(await found()).to.deep.equal({ drift: 0, buckets: [], missingObjects: [] });
  });

  it('refuses days that cannot be audited with a sentence', async () => {
    const start = (range: { from: string; to: string }) =>
      runAudit(
        { invoke: (name, event) => weir.doors.invokeFunction(name, event), tell: () => undefined },
        { ...range, stage: 'local' },
      );
    const today = new Date().toISOString().slice(0, 10);
    expect(await start({ from: date, to: today }))
      .to.have.property('text')
      .that.includes('has not ended');
    const old = await start({ from: '2020-01-01', to: '2020-01-02' });
    expect(old).to.have.property('text').that.includes('2020-01-01 is too long ago');
  });

  it('is started by the schedule for each of the last days without one', async () => {
    const { doors } = weir;
    const answered = await doors.invokeFunction('weir-reports-local-audit', { task: 'start-due' });
    expect(answered).to.have.property('kind', 'returned');
    const yesterday = new Date(Date.now() - HOUR_MS - DAY_MS).toISOString().slice(0, 10);
    const deadline = performance.now() + 60_000;
    while ((await doors.call(`/audits/${yesterday}`)).status !== 200) {
      if (performance.now() > deadline) throw new Error(`no audit of ${yesterday}: ${JSON.stringify(answered)}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });
});
