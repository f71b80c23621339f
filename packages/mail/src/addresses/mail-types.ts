/** The types of messages that an address can ask for. Rules of alerts name addresses themselves. */
export const MAIL_TYPES = ['report.ready'] as const;

export type MailType = (typeof MAIL_TYPES)[number];
