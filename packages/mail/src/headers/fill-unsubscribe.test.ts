import { markup } from '@weir/charts';
import { composeMail } from '@weir/charts/mail';
import { UNSUBSCRIBE_PLACE } from '@weir/charts/mail/unsubscribe-place';
import { expect } from 'chai';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { fillUnsubscribe } from './fill-unsubscribe.ts';

const URL = `https://api.example/production/v1/unsubscribe/ad_47DEQpj8HBSa-_TImW-5.${'Bw'.repeat(40)}`;

/** A mail in which so much text stands before the link. */
function mailWith(before: string) {
  return {
    ...{ subject: 'A subject', preview: 'p', eyebrow: 'e', heading: 'h', lead: 'l', facts: 'f', parts: [] },
    notes: [markup`${before}<a href="${UNSUBSCRIBE_PLACE}">Unsubscribe</a>`],
    text: `${before}${UNSUBSCRIBE_PLACE}\nafter\n`,
  };
}

describe('the place of a link to unsubscribe', () => {
  it('is filled wherever a line of the mail breaks, and no line becomes too long', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 90 }), fc.constantFrom('x', 'ü', '='), async (length, letter) => {
        const before = letter.repeat(length);
        const mime = fillUnsubscribe(await composeMail(mailWith(before)), URL);
        const { text, html } = await simpleParser(mime, { skipHtmlToText: true, skipTextToHtml: true });
        expect(text).to.equal(`${before}${URL}\nafter\n`);
        expect(html).to.include(`${before}<a href="${URL}">Unsubscribe</a>`).and.not.include(UNSUBSCRIBE_PLACE);
        for (const line of mime.toString('latin1').split('\r\n')) expect(line.length).to.be.at.most(76);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves a mail without one as it is', () => {
    const mime = Buffer.from('Subject: ü\r\n\r\nText=\r\n', 'latin1');
    expect(fillUnsubscribe(mime, URL).equals(mime)).to.equal(true);
  });

  for (const url of [
    '',
    'https://a.example/?a=b',
    'https://a.example/"><b>',
    'https://a.example/\r\nx',
    'https://ä.example/',
  ]) {
    it(`does not hold '${url}'`, () => expect(() => fillUnsubscribe(Buffer.of(), url)).to.throw(RangeError));
  }
});
