import { expect } from 'chai';
import { claimedMail, judgeClaim } from './judge-claim.ts';
import { MAIL_LEASE_MS, type StoredMail } from './mails-store.ts';

const AT = 1_000_000;
const QUIET_MS = 600_000;
const wanted = (source: string, at = AT) => ({ id: 'm', source, at, quietMs: QUIET_MS });
const stored = (changes: Partial<StoredMail> = {}): StoredMail => ({
  ...{ id: 'm', source: 'f1', at: AT, status: 'claimed', attempt: 1, uncertain: 1, leaseUntil: AT + MAIL_LEASE_MS },
  ...changes,
});

describe('a claim of a mail', () => {
  for (const [what, found, now, expected] of [
    ['that nobody claimed is made', undefined, AT, 'free'],
    ['waits for the process that has it', stored(), AT, 'busy'],
    ['is made again when that process has had its time', stored(), AT + MAIL_LEASE_MS, 'free'],
    ['is not made a third time', stored({ uncertain: 2 }), AT + MAIL_LEASE_MS, 'spent'],
    ['is made again at once if nothing was sent', stored({ status: 'free', uncertain: 0 }), AT, 'free'],
    ['is not made of one that was sent', stored({ status: 'sent' }), AT + MAIL_LEASE_MS, 'sent'],
    ['is not made of one that SES refused', stored({ status: 'refused' }), AT + MAIL_LEASE_MS, 'refused'],
  ] as const) {
    it(what, () => expect(judgeClaim(found, wanted('f1'), now)).to.equal(expected));
  }

  for (const [what, found, at, expected] of [
    ['is left out within the quiet time', stored({ status: 'sent' }), AT + QUIET_MS - 1, 'quiet'],
    ['is made after the quiet time', stored({ status: 'sent' }), AT + QUIET_MS, 'free'],
    ['is left out if it comes late, and a later one was told', stored({ status: 'sent' }), AT - 1, 'quiet'],
    ['takes the place of one that was not sent', stored({ status: 'free', uncertain: 0 }), AT + 1, 'free'],
    ['takes no place of one that may have been sent', stored({ status: 'free', uncertain: 1 }), AT + 1, 'quiet'],
  ] as const) {
    it(`of another source ${what}`, () => expect(judgeClaim(found, wanted('f2', at), AT)).to.equal(expected));
  }

  it('has a number that never comes again, and counts what may have been sent of its own source', () => {
    const again = claimedMail(stored({ attempt: 4, uncertain: 1 }), wanted('f1'), AT);
    expect(again).to.include({ attempt: 5, uncertain: 2, status: 'claimed', leaseUntil: AT + MAIL_LEASE_MS });
    expect(claimedMail(again, wanted('f2', AT + QUIET_MS), AT)).to.include({ attempt: 6, uncertain: 1, source: 'f2' });
    expect(claimedMail(undefined, wanted('f1'), AT)).to.include({ attempt: 1, uncertain: 1 });
  });
});
