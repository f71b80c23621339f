import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { DARK, LIGHT } from '../chart/chart-style.ts';
import { composeMail, oneLine } from './compose-mail.ts';
import { compileLayout } from './layout/compile-layout.ts';
import { fillPart } from './layout/fill-part.ts';
import layout from './layout/mail-layout.json' with { type: 'json' };
import type { Mail } from './mail.ts';
import { renderMailHtml } from './render-mail-html.ts';

const HOSTILE = '</title><script>alert(1)</script>\r\nBcc: all@example.com {{rows}}';
const GROUNDS = ['#f4f6f9', '#0d1219'];

const mail: Mail = {
  subject: 'A subject',
  preview: 'A preview',
  eyebrow: 'Weir',
  heading: 'A heading',
  lead: 'A lead',
  facts: 'facts',
  parts: [
    { kind: 'section', title: 'A section' },
    { kind: 'image', cid: 'days', alt: 'Events by day: 1, 2', png: Buffer.from('not really') },
    { kind: 'table', columns: ['Name', 'Figure'], rows: [['a.name', { text: '▲ 5', tone: 'rose' }]] },
    { kind: 'note', text: 'A note' },
  ],
  notes: ['The end'],
  text: 'A text\n',
};

describe('mail-layout', () => {
  it('is compiled from its source: else run npm run mail-layout -w packages/charts', async () => {
    const source = readFileSync(join(import.meta.dirname, 'layout/mail-layout.mjml'), 'utf8');
    expect(await compileLayout(source)).to.deep.equal(layout);
  }).timeout(60_000);

  it('asks no other host for anything, and has the colours of the pages', () => {
    const html = Object.values(layout).join('');
    expect(html.replaceAll(/xmlns(:\w)?="[^"]*"/g, '')).to.not.match(/https?:|@import/);
    const known: readonly string[] = [...Object.values(LIGHT), ...Object.values(DARK), ...GROUNDS];
    for (const colour of html.match(/#[0-9a-f]{6}\b/g) ?? []) expect(known).to.include(colour);
  });
});

describe('fill-part', () => {
  it('escapes values, and reads no template in them', () => {
    const { text } = fillPart('note', { text: HOSTILE });
    expect(text).to.contain('{{rows}}').and.contain('&lt;script&gt;').and.not.contain('<script');
  });

  it('throws if a value is missing', () => {
    expect(() => fillPart('note')).to.throw('the part note needs text');
  });
});

describe('render-mail-html', () => {
  const html = renderMailHtml(mail);

  it('holds each part in its order', () => {
    const places = ['A preview', 'A heading', 'A lead', 'A section', 'cid:days', 'a.<wbr>name', 'A note', 'The end'];
    const found = places.map((text) => html.indexOf(text));
    expect(found).to.not.include(-1);
    expect(found).to.deep.equal(found.toSorted((one, other) => one - other));
  });

  it('leaves no place of the layout unfilled', () => {
    expect(html).to.not.match(/\{\{|%%/);
  });
});

describe('compose-mail', () => {
  it('composes the same bytes from the same mail, without sender, receiver, date and id', async () => {
    const [one, other] = await Promise.all([composeMail(mail), composeMail(mail)]);
    expect(one.equals(other)).to.equal(true);
    expect(headersOf(one)).to.match(
      /^Subject: A subject\r\nMIME-Version: 1.0\r\nContent-Type: multipart\/alternative;/,
    );
    expect(headersOf(one)).to.not.match(/^(from|to|cc|bcc|date|message-id):/im);
  });

  it('has a text, the HTML, and each image by its name', async () => {
    const eml = (await composeMail(mail)).toString();
    expect(eml.match(/^Content-Type: [^;\r]*/gm)).to.deep.equal([
      'Content-Type: multipart/alternative',
      'Content-Type: text/plain',
      'Content-Type: multipart/related',
      'Content-Type: text/html',
      'Content-Type: image/png',
    ]);
    expect(eml)
      .to.match(/^Content-ID: <days>/im)
      .and.match(/^Content-Disposition: inline/m);
  });

  it('has no line longer than SMTP takes', async () => {
    const eml = (await composeMail({ ...mail, text: 'x'.repeat(5000), lead: 'y'.repeat(5000) })).toString('latin1');
    for (const line of eml.split('\r\n')) expect(line.length).to.be.below(998);
    expect(eml.replaceAll('\r\n', '')).to.not.match(/[\r\n]/);
  });

  it('lets no subject begin a header', async () => {
    const headers = headersOf(await composeMail({ ...mail, subject: HOSTILE }));
    expect(headers).to.not.match(/^Bcc/im);
    expect(headers.split(/\r\n(?! )/)).to.have.length(3);
  });

  it('puts a text on one line', () => {
    expect(oneLine(' a\r\n\tb\u0000\u2028c ')).to.equal('a b\ufffd c');
  });
});

function headersOf(eml: Buffer): string {
  return eml.toString('latin1').split('\r\n\r\n')[0] ?? '';
}
