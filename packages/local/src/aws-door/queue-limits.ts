import type { AwsCall, Reply } from '../aws-calls/aws-call.ts';
import { errorReply } from '../aws-calls/error-reply.ts';

/** SQS' limit: 15 minutes. */
const MAX_DELAY_SECONDS = 900;

/**
 * The refusal of a send whose delay SQS would not take; fauxqs takes any. AWS refuses the entries of a batch one by one;
 * here the whole batch is refused, before anything of it is sent.
 */
export function refusedDelay(call: AwsCall, body: Readonly<Record<string, unknown>> | undefined): Reply | undefined {
  if (call.service !== 'sqs' || body === undefined || !call.action.startsWith('SendMessage')) return undefined;
  const entries = (body.Entries ?? [body]) as readonly { readonly DelaySeconds?: unknown }[];
  const wrong = entries.find(
    ({ DelaySeconds = 0 }) => !(Number(DelaySeconds) >= 0 && Number(DelaySeconds) <= MAX_DELAY_SECONDS),
  );
  if (wrong === undefined) return undefined;
  const reason = `DelaySeconds must be >= 0 and <= ${MAX_DELAY_SECONDS}.`;
  const message = `Value ${wrong.DelaySeconds} for parameter DelaySeconds is invalid. Reason: ${reason}`;
  return errorReply(call, { status: 400, code: 'InvalidParameterValue', message });
}
