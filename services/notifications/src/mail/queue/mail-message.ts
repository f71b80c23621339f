/** A message in the queue of mails: something is to be told to an address. */
export type MailMessage = AlertMailMessage | ReportMailMessage;

/** A firing, to an address that its rule names. */
export interface AlertMailMessage {
  readonly kind: 'alert';
  readonly alertId: string;
  /** Epoch milliseconds. */
  readonly bucketStart: number;
  readonly to: string;
}

/** A report, to an address that asked for reports. */
export interface ReportMailMessage {
  readonly kind: 'report';
  readonly addressId: string;
  readonly reportId: string;
  readonly revision: number;
  /** When the report was made first, epoch milliseconds. */
  readonly createdAt: number;
  /** The key of its mail in the bucket of reports. */
  readonly file: string;
}

/** Puts messages into the queue. Each may arrive more than once, and in any order. Rejects if one was not taken. */
export type SendMailMessages = (messages: readonly MailMessage[]) => Promise<void>;

export function writeMailMessage(message: MailMessage): string {
  return JSON.stringify(message);
}

const FIELDS = {
  alert: { alertId: 'string', bucketStart: 'number', to: 'string' },
  report: { addressId: 'string', reportId: 'string', revision: 'number', createdAt: 'number', file: 'string' },
} as const;

/** Throws if the text is no such message. */
export function readMailMessage(text: string): MailMessage {
  const message = JSON.parse(text) as MailMessage & Readonly<Record<string, unknown>>;
  const fields = Object.hasOwn(FIELDS, message?.kind) ? FIELDS[message.kind] : undefined;
  const isWhole = fields && Object.entries(fields).every(([name, type]) => typeof message[name] === type);
  if (!isWhole) throw new Error('this names no mail');
  return message;
}
