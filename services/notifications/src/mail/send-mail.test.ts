import { addressIdOf } from '@weir/dynamodb/addresses';
import { MAIL_LEASE_MS } from '@weir/dynamodb/mails';
import { sampleFiring } from '@weir/mail/testing';
import { expect } from 'chai';
import type { PostResult } from './mail-deps.ts';
import { MAX_FIRING_AGE_MS } from './prepare-mail.ts';
import { ALERT_MAIL, createMailRoom, REPORT_MAIL } from './testing/mail-room.ts';

const ADDRESS_ID = addressIdOf(ALERT_MAIL.to);
const COOLDOWN_MS = 600_000;

const failed = (sending: Promise<unknown>) => sending.catch(({ message }: Error) => message);

describe('the mail of an alert', () => {
  it('goes to its address, with a link that ends the mails', async () => {
    const { send, posted, texts, addresses } = await createMailRoom();
    expect(await send()).to.equal('sent');
    const address = await addresses.findAddress(ADDRESS_ID);
    expect(address).to.include({ address: ALERT_MAIL.to, status: 'active' }).and.deep.include({ receives: [] });
    expect(posted.map(({ to }) => to)).to.deep.equal([ALERT_MAIL.to]);
    expect(texts()[0])
      .to.include(`To: ${ALERT_MAIL.to}\r\n`)
      .and.include(`List-Unsubscribe: <https://api.example/v1/unsubscribe/${ADDRESS_ID}.${address?.secret}>`)
      .and.match(/Message-ID: <[0-9a-f]{32}\.\d+@mail\.example>/);
  });

  it('is one, however often its message comes', async () => {
    const { send, posted } = await createMailRoom();
    expect([await send(), await send(), await send({ ...ALERT_MAIL, to: 'ZOE@shop.example' })]).to.deep.equal([
      ...['sent', 'sent', 'sent'],
    ]);
    expect(posted).to.have.length(1);
  });

  it('is one in a cool-down', async () => {
    const { send, fire, posted } = await createMailRoom();
    await send();
    expect(await send(await fire(ALERT_MAIL.bucketStart + 60_000))).to.equal('quiet');
    expect(await send(await fire(ALERT_MAIL.bucketStart + COOLDOWN_MS))).to.equal('sent');
    expect(posted).to.have.length(2);
  });

  it('is one in each cool-down of a rule that fires each minute, and the other firings say so', async () => {
    const { send, fire, posted, alerts, clock } = await createMailRoom();
    await send();
    for (let minute = 1; minute < 60; minute++) {
      clock.now += 60_000;
      await send(await fire(ALERT_MAIL.bucketStart + minute * 60_000));
    }
    expect(posted).to.have.length(6);
    const { firings } = await alerts.firings('al_1', { after: undefined, limit: 100 });
    const outcomes = firings.map(({ mails }) => mails?.[ADDRESS_ID]);
    expect(outcomes.filter((outcome) => outcome === 'sent')).to.have.length(6);
    expect(outcomes.filter((outcome) => outcome === 'quiet')).to.have.length(54);
  });

  it('is one of the time at which its firing was told, if a recovery did that later', async () => {
    for (const later of [COOLDOWN_MS, MAX_FIRING_AGE_MS + 1]) {
      const room = await createMailRoom();
      await room.send();
      const untold = await room.fire(ALERT_MAIL.bucketStart + 60_000);
      expect(await room.send(untold)).to.equal('quiet');
      room.clock.now += later;
      const recovery = { ...sampleFiring(), recoveredAt: room.clock.now };
      const recovered = { ended: ALERT_MAIL.bucketStart, recovery, told: untold.bucketStart };
      await room.alerts.recover('al_1', recovered, { revision: 1, version: 2, to: { version: 3 } });
      expect(await room.send(untold)).to.equal('sent');
    }
  });

  it('goes to nobody who has ended the mails, or for whom they ended', async () => {
    for (const status of ['unsubscribed', 'bounced', 'complained'] as const) {
      const { send, fire, posted, addresses } = await createMailRoom();
      await send();
      await addresses.endAddress(ADDRESS_ID, { status, at: 1 });
      expect(await send(await fire(ALERT_MAIL.bucketStart + COOLDOWN_MS))).to.equal('ended');
      expect(posted).to.have.length(1);
    }
    const { send, addresses } = await createMailRoom();
    await addresses.addAddress({ id: ADDRESS_ID, address: 'z', receives: [], secret: 's', createdAt: 1 }, 10);
    await addresses.eraseAddress(ADDRESS_ID, 2);
    expect(await send()).to.equal('ended');
  });

  it('is not sent when its rule is gone, no longer names the address, or fired long ago', async () => {
    const room = await createMailRoom();
    expect(await room.send({ ...ALERT_MAIL, to: 'abe@shop.example' })).to.equal('unwanted');
    expect(await room.send({ ...ALERT_MAIL, bucketStart: 0 })).to.equal('unwanted');
    expect(await room.send({ ...ALERT_MAIL, to: 'zoe' })).to.equal('unmailable');
    room.clock.now += MAX_FIRING_AGE_MS + 1;
    expect(await room.send()).to.equal('stale');
    await room.alerts.remove('al_1');
    expect(await room.send()).to.equal('unwanted');
    expect(room.posted).to.deep.equal([]);
    expect((await room.addresses.listAddresses({ after: undefined, limit: 9 })).addresses).to.deep.equal([]);
  });

  it('waits while another process has it', async () => {
    const room = await createMailRoom();
    room.deps.post = () => new Promise(() => {});
    void room.send();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await room.send()).to.equal('busy');
  });

  it('is repeated once after a crash between its claim and the answer, and no more', async () => {
    const answers: PostResult[] = [{ kind: 'unknown', error: new Error('dead') }];
    const room = await createMailRoom(() => answers[0] as PostResult);
    expect(await failed(room.send())).to.equal('dead');
    expect(await room.send()).to.equal('busy');
    room.clock.now += MAIL_LEASE_MS;
    expect(await failed(room.send())).to.equal('dead');
    room.clock.now += MAIL_LEASE_MS;
    expect(await room.send()).to.equal('spent');
    expect(room.posted).to.have.length(2);
    const ids = room.texts().map((text) => /Message-ID: .*/.exec(text)?.[0]);
    expect(ids[0]).to.equal(ids[1]);
  });

  it('is repeated once if the process dies after it was sent', async () => {
    const room = await createMailRoom();
    const { noteMailSent } = room.mails;
    room.mails.noteMailSent = () => Promise.reject(new Error('dead'));
    expect(await failed(room.send())).to.equal('dead');
    room.mails.noteMailSent = noteMailSent;
    room.clock.now += MAIL_LEASE_MS;
    expect([await room.send(), await room.send()]).to.deep.equal(['sent', 'sent']);
    expect(room.posted).to.have.length(2);
  });

  it('is tried again at once, and as often as it takes, while SES says that it sent nothing', async () => {
    const answers: PostResult[] = Array.from({ length: 5 }, () => ({ kind: 'unsent', error: new Error('slow down') }));
    const room = await createMailRoom(() => answers.pop() ?? { kind: 'sent', sesId: 's' });
    for (let tries = 0; tries < 5; tries++) expect(await failed(room.send())).to.equal('slow down');
    expect([await room.send(), await room.send()]).to.deep.equal(['sent', 'sent']);
    expect(room.posted).to.have.length(1);
  });

  it('is given up if SES will never take it', async () => {
    const room = await createMailRoom(() => ({ kind: 'refused', reason: 'the address is not verified' }));
    expect([await room.send(), await room.send()]).to.deep.equal(['refused-now', 'refused']);
  });

  it('is not sent when the stage has had its mails of the day', async () => {
    const room = await createMailRoom();
    room.deps.cap = 1;
    await room.send();
    const message = await room.fire(ALERT_MAIL.bucketStart + COOLDOWN_MS);
    expect(await room.send(message)).to.equal('capped');
    room.clock.now += COOLDOWN_MS;
    room.deps.cap = 2;
    expect(await room.send(message)).to.equal('sent');
  });

  it('leaves its end in the firing, and `sent` whatever comes later', async () => {
    const room = await createMailRoom();
    const mailsOf = async (start = ALERT_MAIL.bucketStart) => (await room.alerts.findFiring('al_1', start))?.mails;
    await room.send({ ...ALERT_MAIL, to: 'abe@shop.example' });
    expect(await mailsOf()).to.equal(undefined);
    room.deps.cap = 1;
    await room.send();
    const start = ALERT_MAIL.bucketStart + COOLDOWN_MS;
    const later = await room.fire(start);
    await room.send(later);
    expect(await mailsOf(start)).to.deep.equal({ [ADDRESS_ID]: 'capped' });
    room.deps.cap = 2;
    await room.send(later);
    expect(await room.send()).to.equal('quiet');
    expect([await mailsOf(), await mailsOf(start)]).to.deep.equal(Array(2).fill({ [ADDRESS_ID]: 'sent' }));
  });

  it('comes again if the firing cannot be told that it was sent', async () => {
    const room = await createMailRoom();
    const note = room.alerts.noteMail.bind(room.alerts);
    room.alerts.noteMail = () => Promise.reject(new Error('down'));
    expect(await failed(room.send())).to.equal('down');
    room.alerts.noteMail = note;
    expect(await room.send()).to.equal('sent');
    expect(room.posted).to.have.length(1);
    const { mails } = (await room.alerts.findFiring('al_1', ALERT_MAIL.bucketStart)) ?? {};
    expect(mails).to.deep.equal({ [ADDRESS_ID]: 'sent' });
  });

  it('counts no mail that could not be composed', async () => {
    const room = await createMailRoom();
    const { composeAlert } = room.deps;
    room.deps.composeAlert = () => Promise.reject(new Error('no font'));
    expect(await failed(room.send())).to.equal('no font');
    room.deps.composeAlert = composeAlert;
    expect(await room.send()).to.equal('sent');
    expect(await room.mails.countMails(room.clock.now)).to.equal(1);
  });
});

describe('the mail of a report', () => {
  const address = { id: 'ad_1', address: 'zoe@shop.example', receives: ['report.ready'], secret: 'x'.repeat(22) };
  const createRoom = async (receives = address.receives) => {
    const room = await createMailRoom();
    await room.addresses.addAddress({ ...address, receives, createdAt: 1 }, 10);
    return room;
  };

  it('is that of the first revision, once', async () => {
    const { send, texts } = await createRoom();
    expect(await send(REPORT_MAIL)).to.equal('sent');
    expect(await send(REPORT_MAIL)).to.equal('sent');
    expect(await send({ ...REPORT_MAIL, revision: 2, file: 'r2/mail.eml' })).to.equal('quiet');
    expect(texts()).to.have.length(1);
    expect(texts()[0]).to.include('Subject: r1/mail.eml').and.include(`/v1/unsubscribe/ad_1.${address.secret}>`);
    const link = `\r\n\r\nhttps://api.example/v1/unsubscribe/ad_1.${address.secret}\r\n`;
    expect(texts()[0]?.replaceAll('=\r\n', '')).to.include(link);
  });

  it('goes to nobody who no longer wants it, or whose address is gone', async () => {
    expect(await (await createRoom([])).send(REPORT_MAIL)).to.equal('unwanted');
    const room = await createRoom();
    expect(await room.send({ ...REPORT_MAIL, file: 'gone' })).to.equal('unwanted');
    expect(await room.send({ ...REPORT_MAIL, addressId: 'ad_2' })).to.equal('unwanted');
    await room.addresses.endAddress('ad_1', { status: 'unsubscribed', at: 1 });
    expect(await room.send(REPORT_MAIL)).to.equal('ended');
    expect(room.posted).to.deep.equal([]);
  });
});
