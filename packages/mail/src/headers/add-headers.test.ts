import { composeMail } from '@weir/charts/mail';
import { expect } from 'chai';
import { simpleParser } from 'mailparser';
import { addHeaders } from './add-headers.ts';

const LINK = 'https://api.example/v1/unsubscribe/ad_47DEQpj8HBSa-_TImW-5.BwcHBwcHBwcHBwcHBwcHBw';
const HEADERS = {
  ...{ from: 'weir@mail.example', to: "o'neill+weir@shop.example", date: Date.UTC(2026, 0, 20, 12) },
  ...{ messageId: 'm1.3@mail.example', unsubscribeUrl: LINK },
};
const CONTENTS = {
  ...{ subject: 'A subject, with Ünicode', preview: 'p', eyebrow: 'e', heading: 'A heading', lead: 'A lead' },
  ...{ facts: 'facts', parts: [], notes: [], text: 'A text' },
};

describe('the headers of a mail', () => {
  it('are read by another program as RFC 8058 wants them', async () => {
    const { headers, ...parsed } = await simpleParser(addHeaders(await composeMail(CONTENTS), HEADERS));
    expect(parsed).to.include({ subject: CONTENTS.subject, messageId: '<m1.3@mail.example>' });
    expect(parsed.date).to.deep.equal(new Date(HEADERS.date));
    expect([parsed.from?.text, Array.isArray(parsed.to) ? parsed.to : parsed.to?.text]).to.deep.equal([
      '"Weir" <weir@mail.example>',
      HEADERS.to,
    ]);
    expect(headers.get('list')).to.deep.include({ unsubscribe: { url: LINK } });
    expect(headers.get('list-unsubscribe-post') ?? headers.get('list')).to.satisfy((found: unknown) =>
      JSON.stringify(found).includes('One-Click'),
    );
    expect(headers.get('auto-submitted')).to.equal('auto-generated');
    expect(parsed.text?.trim()).to.equal('A text');
  });

  it('have one line each, and none twice', async () => {
    const text = addHeaders(await composeMail(CONTENTS), HEADERS).toString('latin1');
    const lines = text.slice(0, text.indexOf('\r\n\r\n')).split('\r\n');
    expect(lines).to.include(`List-Unsubscribe: <${LINK}>`);
    expect(lines).to.include('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(lines).to.include('Date: Tue, 20 Jan 2026 12:00:00 +0000');
    const names = lines.filter((line) => /^\S+:/.test(line)).map((line) => line.split(':')[0]?.toLowerCase());
    expect(new Set(names).size).to.equal(names.length);
  });

  for (const to of ['zoe@shop.example\r\nBcc: all@shop.example', 'zoë@shop.example', 'zoe\u0000@shop.example', '']) {
    it(`cannot hold ${JSON.stringify(to)}`, () => {
      expect(() => addHeaders(Buffer.of(), { ...HEADERS, to })).to.throw(RangeError, 'the header To');
    });
  }
});
