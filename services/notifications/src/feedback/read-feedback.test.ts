import { expect } from 'chai';
import { readFeedback } from './read-feedback.ts';

const ADDRESS = 'zoe@shop.example';
const bounce = (changes: object = {}) =>
  JSON.stringify({
    eventType: 'Bounce',
    bounce: {
      ...{ bounceType: 'Permanent', bounceSubType: 'General', timestamp: '2026-01-20T12:00:00.000Z' },
      bouncedRecipients: [
        {
          emailAddress: ADDRESS,
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: 'smtp; 550 5.1.1\r\n no such user',
        },
      ],
      ...changes,
    },
    mail: { messageId: 'ses-1', destination: [ADDRESS] },
  });
const complaint = (changes: object = {}) =>
  JSON.stringify({
    eventType: 'Complaint',
    complaint: { complainedRecipients: [{ emailAddress: ADDRESS }], complaintFeedbackType: 'abuse', ...changes },
    mail: {},
  });

describe('an event of SES', () => {
  it('ends an address that bounced for ever, with what its server said', () => {
    expect(readFeedback(bounce())).to.deep.equal({
      kind: 'bounce',
      ended: [{ address: ADDRESS, status: 'bounced', reason: 'General 5.1.1 smtp; 550 5.1.1 no such user' }],
    });
  });

  for (const bounceType of ['Transient', 'Undetermined', undefined]) {
    it(`ends none by a bounce that is ${bounceType}`, () => {
      expect(readFeedback(bounce({ bounceType }))).to.deep.equal({ kind: 'bounce', ended: [] });
    });
  }

  it('ends an address whose reader complained', () => {
    expect(readFeedback(complaint())).to.deep.equal({
      ...{ kind: 'complaint', ended: [{ address: ADDRESS, status: 'complained', reason: 'abuse' }] },
    });
    const nameless = readFeedback(complaint({ complaintFeedbackType: undefined }));
    expect(nameless.ended[0]?.reason).to.equal('the reader marked a mail as spam');
    expect(readFeedback(complaint({ complaintFeedbackType: 'not-spam' })).ended).to.deep.equal([]);
  });

  it('may be about several addresses, and write one with a name', () => {
    const bouncedRecipients = [{ emailAddress: `Zoe <${ADDRESS}>` }, {}, { emailAddress: 'abe@shop.example' }];
    expect(readFeedback(bounce({ bouncedRecipients })).ended.map(({ address }) => address)).to.deep.equal([
      ...[ADDRESS, 'abe@shop.example'],
    ]);
  });

  it('keeps a reason short', () => {
    const bouncedRecipients = [{ emailAddress: ADDRESS, diagnosticCode: 'x'.repeat(5_000) }];
    expect(readFeedback(bounce({ bouncedRecipients })).ended[0]?.reason).to.have.length(300);
  });

  it('of another type ends nothing', () => {
    expect(readFeedback('{"eventType":"Delivery","delivery":{}}')).to.deep.equal({ kind: 'other', ended: [] });
  });

  for (const text of ['', '{}', '{"Type":"Notification"}']) {
    it(`is not '${text}'`, () => expect(() => readFeedback(text)).to.throw());
  }
});
