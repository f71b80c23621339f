import { readFileSync } from 'node:fs';
import { renderMailHtml } from '@weir/charts/mail';
import { fontFiles, fontGlyphs, imageCard, legibleText } from '@weir/charts/png';
import { expect } from 'chai';
import type { DailyReport } from '../daily/daily-report.ts';
import { HOSTILE_TEXTS, hostileReport } from '../testing/hostile-report.ts';
import { lintMail } from '../testing/lint-mail.ts';
import { emptyReport, sampleReport } from '../testing/sample-report.ts';
import { mailOf, renderMail } from './render-mail.ts';
import { describeReport } from './view/describe-report.ts';

const REPORTS: Readonly<Record<string, DailyReport>> = {
  'an ordinary day': sampleReport(),
  'an empty day': emptyReport(),
  'a thousand actions': sampleReport({}, 1000),
  'hostile texts': hostileReport(),
};

describe('render-mail', () => {
  for (const [name, report] of Object.entries(REPORTS)) {
    it(`passes the lint of mails: ${name}`, async () => {
      expect(lintMail(await renderMail(report))).to.deep.equal([]);
    });
  }

  it('gives the same bytes for the same report', async () => {
    const [one, other] = await Promise.all([renderMail(sampleReport()), renderMail(sampleReport())]);
    expect(one.equals(other)).to.equal(true);
  });

  it('draws only characters that the font has', () => {
    const glyphs = fontFiles().map((file) => fontGlyphs(readFileSync(file)));
    for (const report of [sampleReport(), emptyReport()]) {
      for (const { draw } of describeReport(report).figures) {
        const svg = imageCard(draw(400));
        expect(legibleText(svg, (codePoint) => glyphs.every((hasGlyph) => hasGlyph(codePoint)))).to.equal(svg);
      }
    }
  });

  it('has the day in its subject, and nothing that a user wrote', () => {
    expect(mailOf(sampleReport()).subject).to.equal(
      'Daily report, Sunday, 29 November 2026: 1,078,958 events, up 4.3 %',
    );
    expect(mailOf(emptyReport()).subject).to.equal('Daily report, Sunday, 29 November 2026: no events');
    expect(mailOf(hostileReport()).subject).to.match(/^Daily report, [\w ,]+: [\d,]+ events$/);
  });

  it('has in its preview what the subject does not say', () => {
    expect(mailOf(sampleReport()).preview.replaceAll('\u00a0', ' ')).to.equal(
      'checkout.completed fell 39 % against the last seven days. The busiest hour began at 15:00, with 80,922 events (7.5 %).',
    );
    expect(mailOf(emptyReport()).preview).to.equal('No event was counted on this day.');
  });

  it('lists twenty actions, and says how many more there are', () => {
    const mail = mailOf(sampleReport({}, 57));
    for (const text of [renderMailHtml(mail).replaceAll('<wbr>', ''), mail.text]) {
      expect(text)
        .to.contain('and 37 more actions in the report')
        .and.contain('action-19')
        .and.not.contain('action-20');
    }
  });

  it('keeps what a user wrote on its line of the text', () => {
    const lines = mailOf(hostileReport()).text.split('\n');
    const actions = lines.filter((line) => line.endsWith(')') && /^ {2}[\d,]+ /.test(line));
    expect(actions).to.have.length(HOSTILE_TEXTS.length);
    expect(lines.some((line) => line.startsWith('Bcc:'))).to.equal(false);
  });

  it('lets no text of a user become markup', () => {
    const html = renderMailHtml(mailOf(hostileReport()));
    const tags = html.replaceAll(/="[^"]*"/g, '=""').match(/<[^>]*>/g) ?? [];
    expect(tags.filter((tag) => /^<(?:script|iframe|svg|a)\b|\son\w+=/i.test(tag))).to.deep.equal([
      '<a href="" style="">',
    ]);
    expect(tags.filter((tag) => tag.startsWith('<img'))).to.have.length(2);
    expect(html.includes('\u202e') || html.includes('\u0000')).to.equal(false);
    // The comments are those of the layout.
    expect(html.match(/<!--\[if [^\]]*\]/g)?.every((text) => /^<!--\[if (mso|lte mso 11|!mso)/.test(text))).to.equal(
      true,
    );
  });
});
