import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { useWeir } from './shared-weir.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

interface SentEvent {
  readonly action: string;
  readonly userId: string;
  readonly timestamp: number;
  readonly value: number;
}

describe('a daily report', function () {
  this.timeout(240_000);
  const weir = useWeir();
  // A day of its own: no other test sends events of this time.
  const from = Math.floor(Date.now() / DAY_MS) * DAY_MS - 9 * DAY_MS;
  const date = new Date(from).toISOString().slice(0, 10);
  const id = `daily-${date}`;

  let heard: () => Promise<{ readonly id: string; readonly deduplicationId: string }[]>;

  before(async () => {
    const hear = await weir.doors.hearReports();
    // The schedule may make reports of other days meanwhile.
    heard = async () => (await hear()).filter((announced) => announced.id === id);
  });

  const event = (action: string, hour: number, { userId = 'ann', value = 1 } = {}): SentEvent => {
    return { action, userId, timestamp: from + hour * HOUR_MS, value };
  };

  async function send(events: readonly SentEvent[]): Promise<void> {
    const { status, body } = await weir.doors.post(JSON.stringify({ events }));
    expect([status, body.accepted], JSON.stringify(body)).to.deep.equal([202, events.length]);
    await weir.doors.settle();
  }

  /** The report as its reader finds it: through the API, and then by the links. */
  async function read() {
    const { status, body } = await weir.doors.call(`/reports/${id}`);
    expect(status, JSON.stringify(body)).to.equal(200);
    const fetched = async (file: string) => (await fetch(body.links[file])).text();
    return { body, report: JSON.parse(await fetched('json')), csv: await fetched('csv'), html: await fetched('html') };
  }

  it('has the figures of the events that were sent, in all of its files', async () => {
    expect((await weir.doors.call(`/reports/${id}`)).status).to.equal(404);
    await send([
      event('reported.buy', 1, { value: 2.5 }),
      event('reported.buy', 1, { userId: 'bob', value: 3.5 }),
      event('reported.buy', 23, { value: 4 }),
      event('reported.view', 5, { userId: 'cid' }),
      event('reported.view', -1),
    ]);
    expect(await weir.doors.makeReport(date)).to.deep.equal({ outcome: 'made', id });
    const { body, report, csv, html } = await read();
    expect(body).to.include({ id, kind: 'daily', status: 'done', revision: 1, timeZone: 'UTC' });
    expect(report.facts.total).to.deep.equal({ count: 4, users: 3 });
    const [buy, view] = report.facts.actions;
    expect(buy).to.include({ action: 'reported.buy', count: 3, sum: 10, min: 2.5, max: 4, users: 2 });
    expect(view).to.include({ action: 'reported.view', count: 1, sum: 1, users: 1 });
    const busy = (report.facts.hours as { count: number }[]).map(({ count }) => count);
    expect([busy.length, busy[1], busy[5], busy[23]]).to.deep.equal([24, 2, 1, 1]);
    expect(report.comparisons.previousDay.total).to.deep.equal({ count: 1, users: 1 });
    const { total } = await weir.doors.series({ action: 'reported.buy', from, to: from + DAY_MS, interval: 'day' });
    expect(buy).to.include(total);
    expect(await heard())
      .to.have.length(1)
      .and.have.nested.property('[0].deduplicationId', `${id}-r1`);
    expect(csv).to.match(/^reported\.buy,3,10,/m);
    expect(html)
      .to.include('reported.buy')
      .and.to.match(/^<!doctype html>/i);
  });

  it('gets its top users by a revision, when a job has counted them', async () => {
    expect((await read()).report.topUsers).to.equal(null);
    let made = await weir.doors.makeReport(date);
    while ('outcome' in made && made.outcome === 'unchanged') {
      await setTimeout(500);
      made = await weir.doors.makeReport(date);
    }
    expect(made).to.deep.equal({ outcome: 'revised', id });
    const { report, html } = await read();
    expect(report.changes).to.deep.equal([]);
    expect(report.topUsers).to.deep.equal({
      users: [
        { userId: 'ann', count: 2 },
        { userId: 'bob', count: 1 },
        { userId: 'cid', count: 1 },
      ],
      erasedEvents: 0,
    });
    expect(html).to.include('Busiest users');
    expect(await heard()).to.deep.equal([]);
  });

  it('is made once: a second run changes nothing', async () => {
    const before = await read();
    expect(await weir.doors.makeReport(date)).to.deep.equal({ outcome: 'unchanged', id });
    const after = await read();
    expect(after.report).to.deep.equal(before.report);
    expect(after.body.revision).to.equal(2);
    expect(await heard()).to.deep.equal([]);
  });

  it('gets a revision for a late event, which says what changed', async () => {
    await send([event('reported.view', 6, { userId: 'dan' })]);
    expect(await weir.doors.makeReport(date)).to.deep.equal({ outcome: 'revised', id });
    const { body, report } = await read();
    expect(body.revision).to.equal(3);
    expect(await heard()).to.deep.equal([]);
    expect(report.facts.total).to.deep.equal({ count: 5, users: 4 });
    expect(report.changes).to.deep.include({ pointer: '/total/count', before: 4, after: 5 });
  });

  it('is in the list, and is refused for a day that has not ended', async () => {
    await weir.doors.makeReport(new Date(from - DAY_MS).toISOString().slice(0, 10));
    const listed: string[] = [];
    let page = '/reports?kind=daily&limit=1';
    while (page !== '') {
      const { body } = await weir.doors.call(page);
      listed.push(...(body.items as { id: string }[]).map((item) => item.id));
      page = body.cursor === undefined ? '' : `/reports?kind=daily&limit=1&cursor=${body.cursor}`;
    }
    expect(listed).to.include(id).and.deep.equal(listed.toSorted().reverse());
    const today = new Date().toISOString().slice(0, 10);
    expect(await weir.doors.makeReport(today)).to.include({ outcome: 'refused' });
    const unknown = await weir.doors.invokeFunction('weir-reports-nowhere-daily', { date });
    expect(unknown).to.deep.equal({ kind: 'unknown-function' });
  });
});
