import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { PostMail, PostResult } from '../mail/mail-deps.ts';

/** SES has read the mail, and will never send it. In the sandbox: an address that is not verified. */
const REFUSALS = new Set(['MessageRejected', 'BadRequestException']);

/** No connection was made. */
const UNREACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

export interface SesOptions {
  /** It must not try again by itself: SES sends a mail as often as it is asked to. */
  readonly client: Pick<SESv2Client, 'send'>;
  readonly from: string;
  readonly configurationSet: string;
}

/** Sends mails by SES. */
export function createSesPostMail({ client, from, configurationSet }: SesOptions): PostMail {
  return async ({ to, mime }) => {
    const command = new SendEmailCommand({
      FromEmailAddress: from,
      Destination: { ToAddresses: [to] },
      Content: { Raw: { Data: mime } },
      ConfigurationSetName: configurationSet,
    });
    try {
      const { MessageId = '' } = await client.send(command);
      return { kind: 'sent', sesId: MessageId };
    } catch (error) {
      return judgeError(error);
    }
  };
}

/** SES answers with a status below 500 only if it has sent nothing. */
function judgeError(error: unknown): PostResult {
  const {
    name = '',
    message = '',
    code = '',
    $metadata,
  } = error as Partial<Error> & {
    readonly code?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  if (REFUSALS.has(name)) return { kind: 'refused', reason: `${name}: ${message}` };
  const status = $metadata?.httpStatusCode ?? 500;
  return status < 500 || UNREACHED.has(code) ? { kind: 'unsent', error } : { kind: 'unknown', error };
}
