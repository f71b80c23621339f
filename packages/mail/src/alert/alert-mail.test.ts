import { composeMail, renderMailHtml } from '@weir/charts/mail';
import { expect } from 'chai';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { addHeaders } from '../headers/add-headers.ts';
import { sampleFiring } from '../testing/sample-firing.ts';
import { alertMail } from './alert-mail.ts';
import { drawBuckets } from './draw-buckets.ts';

const LINK = 'https://api.example/v1/unsubscribe/ad_1.BwcHBwcHBwcHBwcHBwcHBw';
const HOSTILE = '</title><script>alert(1)</script>\r\nBcc: all@example.com \u202e {{rows}}';

describe('the mail about a firing', () => {
  it('is read by another program: text, HTML, and the chart that the HTML shows', async () => {
    const firing = sampleFiring();
    const { start } = firing.bucket;
    const buckets = [
      { start: start - 60_000, value: 900 },
      { start, value: 1204 },
    ];
    const mail = alertMail(firing, { chart: drawBuckets(firing, buckets), unsubscribeUrl: LINK });
    const parsed = await simpleParser(await composeMail(mail), { skipImageLinks: true });
    expect(parsed.subject).to.equal('Too many checkouts: 1,204 events of checkout, above 1,000');
    expect(parsed.text).to.include('When: Tuesday, 20 January 2026, 12:03 to 12:04 UTC').and.include(LINK);
    expect(parsed.html)
      .to.include('src="cid:buckets"')
      .and.include('alt="By minute: 12:02: 900, 12:03: 1,204"')
      .and.include(`href="${LINK}"`);
    const [image, ...others] = parsed.attachments;
    expect(others).to.deep.equal([]);
    expect(image).to.deep.include({ cid: 'buckets', contentType: 'image/png' });
    expect(image?.content.subarray(1, 4).toString()).to.equal('PNG');
  });

  it('says what it knows without a chart', () => {
    const mail = alertMail(sampleFiring({ late: true, asOf: undefined }), { unsubscribeUrl: LINK });
    expect(mail.parts.map(({ kind }) => kind)).to.deep.equal(['table']);
    expect(mail.facts).to.equal('The bucket is still open · seen late, after an outage or by events that came late');
  });

  it('keeps what a caller wrote from its headers, its lines and its markup', async () => {
    const mail = alertMail(sampleFiring({}, { name: HOSTILE }), { unsubscribeUrl: LINK });
    const parsed = await simpleParser(await composeMail(mail));
    expect(parsed.bcc).to.equal(undefined);
    expect(mail.text.split('\n').some((line) => line.startsWith('Bcc:'))).to.equal(false);
    expect(renderMailHtml(mail)).to.not.include('<script').and.not.include('\u202e');
  });

  it('has the same headers and parts whatever a rule is named', async () => {
    const headers = { from: 'weir@mail.example', to: 'zoe@shop.example', date: 0, messageId: 'm@mail.example' };
    const read = async (name: string) => {
      const mail = alertMail(sampleFiring({}, { name }), { unsubscribeUrl: LINK });
      const parsed = await simpleParser(addHeaders(await composeMail(mail), { ...headers, unsubscribeUrl: LINK }));
      return { parsed, shape: [[...parsed.headers.keys()], parsed.attachments.length, parsed.headers.get('list')] };
    };
    const { shape } = await read('A name');
    const piece = fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '\0',
        '\r\nBcc: a@b.example',
        '\r\n\r\n--weir',
        '=?utf-8?q?=0ABcc:?=',
        '<b>',
        '漢',
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    const hostile = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('').slice(0, 500));
    await fc.assert(
      fc.asyncProperty(hostile, async (name) => {
        const found = await read(name);
        expect(found.shape).to.deep.equal(shape);
        expect(found.parsed.subject).to.match(/1,204 events of checkout, above 1,000$/);
        expect(found.parsed.html).to.not.match(/<b>|<script/);
      }),
    );
  });

  it('is small enough that no program cuts it off', () => {
    const mail = alertMail(sampleFiring({}, { name: 'x'.repeat(100) }), { unsubscribeUrl: LINK });
    expect(Buffer.byteLength(renderMailHtml(mail))).to.be.below(102 * 1024);
  });
});
