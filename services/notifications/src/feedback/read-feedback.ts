import type { AddressEnd } from '@weir/dynamodb/addresses';

/** The most characters of a reason that is kept. */
const MAX_REASON = 300;

/** What a mail server, or a reader, said about a mail to an address. */
export interface Feedback {
  readonly address: string;
  readonly status: Extract<AddressEnd['status'], 'bounced' | 'complained'>;
  readonly reason: string;
}

/** What an event of SES says. */
export interface FeedbackEvent {
  readonly kind: 'bounce' | 'complaint' | 'other';
  /** The addresses that end by it: none after a bounce that may pass, such as a full mailbox. */
  readonly ended: readonly Feedback[];
}

/** The parts of an event that are read ("Contents of event data that Amazon SES publishes to Amazon SNS"). */
interface SesEvent {
  readonly eventType: string;
  readonly bounce?: {
    readonly bounceType?: string;
    readonly bounceSubType?: string;
    readonly bouncedRecipients?: readonly {
      readonly emailAddress?: string;
      readonly status?: string;
      readonly diagnosticCode?: string;
    }[];
  };
  readonly complaint?: {
    readonly complaintFeedbackType?: string;
    readonly complainedRecipients?: readonly { readonly emailAddress?: string }[];
  };
}

/** Reads an event of SES. Throws if the text is none. */
export function readFeedback(text: string): FeedbackEvent {
  const { eventType, bounce, complaint } = JSON.parse(text) as Partial<SesEvent>;
  if (typeof eventType !== 'string') throw new Error('this is no event of SES');
  if (eventType === 'Bounce' && bounce) return { kind: 'bounce', ended: endedByBounce(bounce) };
  if (eventType === 'Complaint' && complaint) return { kind: 'complaint', ended: endedByComplaint(complaint) };
  return { kind: 'other', ended: [] };
}

/** `Transient` and `Undetermined` end nothing. */
function endedByBounce({ bounceType, bounceSubType, bouncedRecipients = [] }: NonNullable<SesEvent['bounce']>) {
  if (bounceType !== 'Permanent') return [];
  return bouncedRecipients.flatMap(({ emailAddress, status, diagnosticCode }): Feedback[] => {
    if (emailAddress === undefined) return [];
    const said = [bounceSubType, status, diagnosticCode].filter((part) => part !== undefined && part !== '');
    return [{ address: bareAddress(emailAddress), status: 'bounced', reason: shorten(said.join(' ')) }];
  });
}

function endedByComplaint({ complaintFeedbackType, complainedRecipients = [] }: NonNullable<SesEvent['complaint']>) {
  // A reader took it out of the folder for spam again.
  if (complaintFeedbackType === 'not-spam') return [];
  return complainedRecipients.flatMap(({ emailAddress }): Feedback[] => {
    if (emailAddress === undefined) return [];
    const reason = shorten(complaintFeedbackType ?? 'the reader marked a mail as spam');
    return [{ address: bareAddress(emailAddress), status: 'complained', reason }];
  });
}

/** Some servers give the address with a name: `Zoe <zoe@shop.example>`. */
function bareAddress(text: string): string {
  return /<([^<>]+)>\s*$/.exec(text)?.[1] ?? text;
}

function shorten(text: string): string {
  return text.toWellFormed().replaceAll(/\s+/g, ' ').slice(0, MAX_REASON).trim();
}
