const PRINTABLE = /^[ -~]+$/;

/** What a mail has beside its contents. */
export interface MailHeaders {
  /** An address at the domain that SES may send from. */
  readonly from: string;
  readonly to: string;
  /** Epoch milliseconds. */
  readonly date: number;
  /** Without brackets: something unique, `@`, and a domain. */
  readonly messageId: string;
  /** Where its reader ends the mails: a page by GET, at once by POST (RFC 8058). */
  readonly unsubscribeUrl: string;
}

/**
 * A mail for one reader: these headers, and then the MIME of its contents, whose own headers say nothing of this. Each
 * header has one line, as signatures of some servers break where a line does. Throws a RangeError if a value has
 * characters that no header can hold.
 */
export function addHeaders(mime: Uint8Array, headers: MailHeaders): Buffer {
  const { from, to, date, messageId, unsubscribeUrl } = headers;
  const lines = {
    From: `Weir <${from}>`,
    To: to,
    Date: formatMailDate(date),
    'Message-ID': `<${messageId}>`,
    // Programs that answer while somebody is away do not answer this (RFC 3834).
    'Auto-Submitted': 'auto-generated',
    'List-Unsubscribe': `<${unsubscribeUrl}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
  const text = Object.entries(lines).map(([name, value]) => `${name}: ${checked(name, value)}\r\n`);
  return Buffer.concat([Buffer.from(text.join('')), mime]);
}

function checked(name: string, value: string): string {
  if (!PRINTABLE.test(value)) throw new RangeError(`the header ${name} has characters that are not printable ASCII`);
  return value;
}

/** As RFC 5322 writes it: `Tue, 20 Jan 2026 12:00:00 +0000`. */
function formatMailDate(date: number): string {
  return new Date(date).toUTCString().replace('GMT', '+0000');
}

/** The sender of all mails of a stage. */
export function senderAt(domain: string): string {
  return `weir@${domain}`;
}
