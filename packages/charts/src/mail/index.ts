export { composeMail, oneLine } from './compose-mail.ts';
export type { Mail, MailCell, MailImage, MailPart, MailTable } from './mail.ts';
export { renderMailHtml } from './render-mail-html.ts';
