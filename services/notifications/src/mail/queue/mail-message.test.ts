import { expect } from 'chai';
import { type MailMessage, readMailMessage, writeMailMessage } from './mail-message.ts';

const ALERT: MailMessage = { kind: 'alert', alertId: 'al_1', bucketStart: 60_000, to: 'zoe@shop.example' };
const REPORT: MailMessage = {
  ...{ kind: 'report', addressId: 'ad_1', reportId: 'daily-2026-01-20', revision: 1, createdAt: 7 },
  file: 'reports/daily/2026-01-20/r1/mail.eml',
};

describe('a message of the queue of mails', () => {
  for (const message of [ALERT, REPORT]) {
    it(`is read as it was written: ${message.kind}`, () => {
      expect(readMailMessage(writeMailMessage(message))).to.deep.equal(message);
    });
  }

  for (const text of [
    ...['', '{}', 'null', '{"kind":"other"}', '{"kind":"toString"}', '{"kind":"alert","alertId":"al_1","to":"z@s.e"}'],
    JSON.stringify({ ...REPORT, revision: '1' }),
  ]) {
    it(`is not '${text}'`, () => expect(() => readMailMessage(text)).to.throw());
  }
});
