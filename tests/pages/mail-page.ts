import { leavesOf } from '@weir/reports/src/testing/lint-mail.ts';

/** A mail as a program for mail shows it: read from its MIME, with its images in place of their names. */
export function mailPage(eml: Buffer): string {
  const parts = leavesOf(eml);
  const html = parts.find(({ headers }) => /^content-type: text\/html/im.test(headers))?.body.toString() ?? '';
  return html.replaceAll(/"cid:([^"]*)"/g, (_, cid: string) => {
    const image = parts.find(({ headers }) => headers.includes(`Content-ID: <${cid}>`));
    return `"data:image/png;base64,${image?.body.toString('base64')}"`;
  });
}
