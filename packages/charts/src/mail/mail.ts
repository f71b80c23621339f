import type { MarkupValue } from '../markup/markup.ts';

export interface MailCell {
  readonly text: MarkupValue;
  readonly tone?: 'rose' | 'fell' | 'quiet' | 'strong' | undefined;
}

/** A part of a mail, under the one before it. */
export type MailPart =
  | { readonly kind: 'section'; readonly title: string }
  | { readonly kind: 'note'; readonly text: string }
  | MailImage
  | MailTable;

export interface MailImage {
  readonly kind: 'image';
  /** Unique in the mail; letters, digits and dashes. */
  readonly cid: string;
  /** What is to be seen, for those who do not see it, or do not load images. */
  readonly alt: string;
  readonly png: Buffer;
}

export interface MailTable {
  readonly kind: 'table';
  readonly columns?: readonly string[];
  readonly rows: readonly (readonly (string | MailCell)[])[];
}

/** A mail as a person reads it. Who gets it, and when, is not part of it. */
export interface Mail {
  readonly subject: string;
  /** What a list of mails shows beside the subject. */
  readonly preview: string;
  readonly eyebrow: string;
  readonly heading: string;
  readonly lead: string;
  readonly facts: string;
  readonly parts: readonly MailPart[];
  readonly notes: readonly MarkupValue[];
  /** The same mail for programs that show no HTML. */
  readonly text: string;
}
