import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Alert } from '@weir/alerts';
import { addressIdOf } from '@weir/dynamodb/addresses';
import { expect } from 'chai';
import type { ReceivedMail } from './notifications-door.ts';
import { useWeir } from './shared-weir.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A new rule is known after half a minute. */
const HAPPENS_WITHIN_MS = 75_000;
const ACTION = 'mail.crossed';
const [ALERTED, REPORTED, BOUNCING, ERASED] = ['alerted', 'reported', 'bouncing', 'erased'].map(
  (name) => `e2e-${name}@shop.example`,
) as [string, string, string, string];

describe('mail', function () {
  this.timeout(120_000);
  const weir = useWeir();

  /** In the form of the API's own ids. */
  const ruleId = '7h2k9q4m1x8c5v3n';

  before(async () => {
    const now = Date.now();
    const alert: Alert = {
      ...{ id: ruleId, name: 'Many', action: ACTION, field: 'count', interval: 'minute', comparison: 'above' },
      ...{ threshold: 2, lateSeconds: 60, repeat: 'recovered', cooldownSeconds: 600, enabled: true, revision: 1 },
      channels: [{ type: 'email', to: ALERTED }],
      ...{ since: now - MINUTE_MS, createdAt: now, updatedAt: now, state: { version: 0 } },
    };
    expect(await weir.doors.alerts.create(alert)).to.equal('created');
  });

  const put = () =>
    weir.doors.put(
      Array.from({ length: 3 }, () => ({
        data: JSON.stringify({ userId: 'u1', action: ACTION, timestamp: Date.now(), id: randomUUID() }),
      })),
    );

  const send = (method: string, path: string, body?: object) => {
    const json = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return weir.doors.call(path, { method, ...json });
  };
  const add = (address: string) => send('POST', '/addresses', { address, receives: ['report.ready'] });
  const statusOf = async (address: string) => (await send('GET', `/addresses/${addressIdOf(address)}`)).body.status;

  async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
    const deadline = performance.now() + HAPPENS_WITHIN_MS;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (performance.now() > deadline) throw new Error('this does not happen');
      await sleep(500);
    }
  }

  it('tells once that a threshold was crossed, with a chart, and ends by its link', async () => {
    const mail = await until(async (): Promise<ReceivedMail | undefined> => {
      await put();
      return (await weir.doors.mailsTo(ALERTED))[0];
    });
    expect(mail.from).to.include('weir@mail.weir.example');
    expect(mail.subject).to.match(/^Many: \d+ events of mail\.crossed, above 2$/);
    expect(mail.attachments.map(({ contentType }) => contentType)).to.deep.equal(['image/png']);
    const [link = ''] = /http:\S+\/v1\/unsubscribe\/\S+/.exec(mail.body.text ?? '') ?? [];
    const mails = await until(async () => {
      const { body } = await send('GET', `/alerts/${ruleId}/firings`);
      return (body.items as { readonly mails?: object }[]).find((item) => item.mails)?.mails;
    });
    expect(mails).to.deep.equal({ sent: 1 });
    expect(await (await fetch(link)).text()).to.include('<form method="post">');
    expect(await statusOf(ALERTED)).to.equal('active');
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    expect((await fetch(link, { method: 'POST', body })).status).to.equal(200);
    expect(await statusOf(ALERTED)).to.equal('unsubscribed');
    await put();
    await weir.doors.settle();
    expect(await weir.doors.mailsTo(ALERTED)).to.have.length(1);
  });

  it('brings the daily report to an address that asked for it', async () => {
    expect((await add(REPORTED)).status).to.equal(201);
    const date = new Date(Date.now() - 25 * DAY_MS).toISOString().slice(0, 10);
    expect(await weir.doors.makeReport(date)).to.include({ outcome: 'made' });
    const mail = await until(async () => (await weir.doors.mailsTo(REPORTED))[0]);
    expect(mail.subject).to.match(/^Daily report, .*: no events$/);
    expect(mail.body.text).to.match(/http:\S+\/v1\/unsubscribe\/\S+\n/);
  });

  it('ends for an address that bounces for ever', async () => {
    await add(BOUNCING);
    const bouncedRecipients = [{ emailAddress: BOUNCING, status: '5.1.1', diagnosticCode: 'smtp; 550 no such user' }];
    await weir.doors.tellAsSes({ eventType: 'Bounce', bounce: { bounceType: 'Permanent', bouncedRecipients } });
    await until(async () => ((await statusOf(BOUNCING)) === 'bounced' ? true : undefined));
    const { body } = await send('GET', `/addresses/${addressIdOf(BOUNCING)}`);
    expect(body.reason).to.equal('5.1.1 smtp; 550 no such user');
  });

  it('ends for a person who is erased', async () => {
    await add(ERASED);
    const user = `/users/mail-${randomUUID()}`;
    expect((await send('PUT', user, { email: ERASED })).status).to.equal(201);
    expect((await send('DELETE', user)).status).to.equal(202);
    const { body } = await send('GET', `/addresses/${addressIdOf(ERASED)}`);
    expect(body).to.include({ status: 'erased' }).and.not.have.property('address');
  });
});
