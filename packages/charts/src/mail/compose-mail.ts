import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { plainText } from '../markup/markup.ts';
import type { Mail, MailImage } from './mail.ts';
import { renderMailHtml } from './render-mail-html.ts';

/**
 * Composes a mail as MIME, without `From`, `To`, `Date` and `Message-ID`: what sends it adds these. The same mail gives
 * the same bytes.
 */
export function composeMail(mail: Mail): Promise<Buffer> {
  const html = renderMailHtml(mail);
  const images = mail.parts.filter((part): part is MailImage => part.kind === 'image');
  const composer = new MailComposer({
    subject: oneLine(mail.subject),
    text: plainText(mail.text),
    html,
    attachments: images.map(({ cid, png }) => ({
      cid,
      content: png,
      contentType: 'image/png',
      filename: `${cid}.png`,
    })),
    // A header of white space is left out, and not made up.
    headers: [
      { key: 'Date', value: ' ' },
      { key: 'Message-ID', value: { value: ' ' } },
    ],
    baseBoundary: boundaryOf([mail.text, html, ...images.map(({ png }) => png)]),
    boundaryPrefix: 'weir',
    encoding: 'quoted-printable',
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** No part can contain it by chance, as it comes from all of them. */
function boundaryOf(parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 32);
}

/** A text in which nothing begins a line. */
export function oneLine(text: string): string {
  return plainText(text).replaceAll(/\s+/g, ' ').trim();
}
