import { expect } from 'chai';
import { type ClaimRef, MAIL_LEASE_MS, type MailsStore } from './mails-store.ts';

const NOW = Date.UTC(2026, 0, 20, 12);
const QUIET_MS = 600_000;
const LATER = NOW + MAIL_LEASE_MS;

const wanted = (source = 'f1', at = NOW) => ({ id: 'm1', source, at, quietMs: QUIET_MS });

/** What every implementation of the store must do. `open` gives an empty one. */
export function describeMailsStore(name: string, open: () => Promise<MailsStore>): void {
  describe(`the store of mails ${name}`, () => {
    let store: MailsStore;
    beforeEach(async () => {
      store = await open();
    });
    const claim = (mail = wanted(), now = NOW, cap = 100) => store.claimMail(mail, { now, cap });
    const claimed = async (...of: Parameters<typeof claim>): Promise<ClaimRef> => {
      const made = await claim(...of);
      if (made.kind !== 'claimed') throw new Error(`not claimed: ${made.kind}`);
      return { id: 'm1', attempt: made.attempt };
    };

    it('gives a mail to one process at a time', async () => {
      expect(await claim()).to.deep.equal({ kind: 'claimed', attempt: 1 });
      expect(await claim(wanted(), LATER - 1)).to.deep.equal({ kind: 'busy' });
      expect(await store.findMail('m1')).to.include({ source: 'f1', status: 'claimed', uncertain: 1, at: NOW });
      expect(await store.findMail('m2')).to.equal(undefined);
    });

    it('gives a mail once more after a crash, and then no more', async () => {
      await claim();
      expect(await claim(wanted(), LATER)).to.deep.equal({ kind: 'claimed', attempt: 2 });
      expect(await claim(wanted(), LATER + MAIL_LEASE_MS)).to.deep.equal({ kind: 'spent' });
    });

    it('gives no mail that was sent, also by a process that was late', async () => {
      await claim();
      await claim(wanted(), LATER);
      await store.noteMailSent({ id: 'm1', source: 'f1' }, 'ses-1');
      expect(await claim(wanted(), LATER + MAIL_LEASE_MS)).to.deep.equal({ kind: 'sent' });
      expect(await store.findMail('m1')).to.include({ status: 'sent', sesId: 'ses-1' });
    });

    it('gives a released mail again, as often as it is released', async () => {
      for (const attempt of [1, 2, 3, 4]) {
        const ref = await claimed();
        expect(ref.attempt).to.equal(attempt);
        await store.releaseMail(ref);
        await store.releaseMail(ref);
        expect(await store.findMail('m1')).to.include({ status: 'free', uncertain: 0 });
      }
    });

    it('lets a late process release or refuse nothing that is another one’s', async () => {
      const first = await claimed();
      await claimed(wanted(), LATER);
      await store.releaseMail(first);
      await store.refuseMail(first, 'no');
      expect(await store.findMail('m1')).to.include({ status: 'claimed', attempt: 2, uncertain: 2 });
      await store.noteMailSent({ id: 'm1', source: 'f0' }, 'ses-0');
      expect(await store.findMail('m1')).to.include({ status: 'claimed' });
    });

    it('gives no mail that SES refused', async () => {
      await store.refuseMail(await claimed(), 'not verified');
      expect(await claim(wanted(), LATER)).to.deep.equal({ kind: 'refused' });
      expect(await store.findMail('m1')).to.include({ status: 'refused', reason: 'not verified' });
    });

    it('lets a mail that SES refused keep back no other, unless it may have been sent before', async () => {
      await store.refuseMail(await claimed(), 'not verified');
      await claimed(wanted('f2', NOW + 1), LATER);
      await store.refuseMail(await claimed(wanted('f2', NOW + 1), LATER + MAIL_LEASE_MS), 'not verified');
      expect(await claim(wanted('f3', NOW + 2), LATER)).to.deep.equal({ kind: 'quiet' });
    });

    it('gives one mail in a quiet time', async () => {
      await claim();
      await store.noteMailSent({ id: 'm1', source: 'f1' }, 'ses-1');
      expect(await claim(wanted('f2', NOW + QUIET_MS - 1), LATER)).to.deep.equal({ kind: 'quiet' });
      expect(await claim(wanted('f3', NOW + QUIET_MS), LATER)).to.deep.equal({ kind: 'claimed', attempt: 2 });
      expect(await claim(wanted('f1'), LATER)).to.deep.equal({ kind: 'quiet' });
    });

    it('knows what was told before a mail that was released', async () => {
      await claimed();
      await store.noteMailSent({ id: 'm1', source: 'f1' }, 'ses-1');
      await store.releaseMail(await claimed(wanted('f3', NOW + QUIET_MS), LATER));
      expect(await claim(wanted('f2', NOW + QUIET_MS - 1), LATER)).to.deep.equal({ kind: 'quiet' });
      expect(await claim(wanted('f1'), LATER)).to.deep.equal({ kind: 'quiet' });
      await store.releaseMail(await claimed(wanted('f4', NOW + QUIET_MS + 1), LATER));
      expect(await claim(wanted('f2', NOW + QUIET_MS - 1), LATER)).to.deep.equal({ kind: 'quiet' });
      expect(await claim(wanted('f3', NOW + QUIET_MS), LATER)).to.deep.equal({ kind: 'claimed', attempt: 4 });
    });

    it('gives no mail that was sent without a quiet time, once a later one was released', async () => {
      const soon = (source: string, at: number) => ({ ...wanted(source, at), quietMs: 0 });
      await claim(soon('f1', NOW));
      await store.noteMailSent({ id: 'm1', source: 'f1' }, 'ses-1');
      await store.releaseMail(await claimed(soon('f2', NOW + 1), LATER));
      expect(await claim(soon('f1', NOW), LATER)).to.deep.equal({ kind: 'quiet' });
      expect(await claim(soon('f2', NOW + 1), LATER)).to.deep.equal({ kind: 'claimed', attempt: 3 });
    });

    it('gives no more mails in a day than it may, and those of the next day', async () => {
      for (const id of ['a', 'b']) await store.claimMail({ ...wanted(), id }, { now: NOW, cap: 2 });
      expect(await claim(wanted(), NOW, 2)).to.deep.equal({ kind: 'capped' });
      expect([await store.countMails(NOW), await store.findMail('m1')]).to.deep.equal([2, undefined]);
      const tomorrow = NOW + 86_400_000;
      expect(await store.countMails(tomorrow)).to.equal(0);
      expect(await claim(wanted(), tomorrow, 2)).to.deep.equal({ kind: 'claimed', attempt: 1 });
      expect(await claim(wanted(), NOW, 3)).to.deep.equal({ kind: 'busy' });
    });

    it('gives a mail to one of many that ask at the same time', async () => {
      const claims = await Promise.all(Array.from({ length: 5 }, () => claim()));
      expect(claims.map(({ kind }) => kind).sort()).to.deep.equal(['busy', 'busy', 'busy', 'busy', 'claimed']);
      expect(await store.countMails(NOW)).to.equal(1);
    });
  });
}
