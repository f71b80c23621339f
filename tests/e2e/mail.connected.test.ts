import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Alert } from '@weir/alerts';
import { addressIdOf } from '@weir/dynamodb/addresses';
import { expect } from 'chai';
import type { ReceivedMail } from './notifications-door.ts';
import { useWeir } from './shared-weir.ts';

const MINUTE_MS = 60_000;
/** A new rule is known after half a minute. */
const MAILED_WITHIN_MS = 75_000;
const ACTION = 'mail.crossed';
const ADDRESS = 'zoe@shop.example';

describe('mail', function () {
  this.timeout(120_000);
  const weir = useWeir();

  before(async () => {
    const now = Date.now();
    const alert: Alert = {
      ...{ id: randomUUID(), name: 'Many', action: ACTION, field: 'count', interval: 'minute', comparison: 'above' },
      ...{ threshold: 2, lateSeconds: 60, repeat: 'recovered', cooldownSeconds: 600, enabled: true, revision: 1 },
      channels: [{ type: 'email', to: ADDRESS }],
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

  async function untilMailed(): Promise<ReceivedMail> {
    const deadline = performance.now() + MAILED_WITHIN_MS;
    for (;;) {
      await put();
      await sleep(1_000);
      const [mail] = await weir.doors.mailsTo(ADDRESS);
      if (mail) return mail;
      if (performance.now() > deadline) throw new Error('no mail came');
    }
  }

  it('tells once that a threshold was crossed, with a chart, and ends by its link', async () => {
    const mail = await untilMailed();
    expect(mail.from).to.include('weir@mail.weir.example');
    expect(mail.subject).to.match(/^Many: \d+ events of mail\.crossed, above 2$/);
    expect(mail.attachments.map(({ contentType }) => contentType)).to.deep.equal(['image/png']);
    const [link = ''] = /http:\S+\/v1\/unsubscribe\/\S+/.exec(mail.body.text ?? '') ?? [];
    const asked = await fetch(link);
    expect([asked.status, await asked.text()][1]).to.include('<form method="post">');
    const statusOf = async () => (await weir.doors.addresses.findAddress(addressIdOf(ADDRESS)))?.status;
    expect(await statusOf()).to.equal('active');
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    expect((await fetch(link, { method: 'POST', body })).status).to.equal(200);
    expect(await statusOf()).to.equal('unsubscribed');
    await put();
    await weir.doors.settle();
    expect(await weir.doors.mailsTo(ADDRESS)).to.have.length(1);
  });
});
