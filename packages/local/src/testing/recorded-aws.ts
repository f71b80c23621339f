import type { AwsClient, AwsOutcome } from '../aws-calls/aws-client.ts';

/** A call that was made: its service and action, and its input. */
export type RecordedCall = readonly [name: string, input: object];

/** The answer to a call; undefined for an empty answer. */
export type AnswerCall = (name: string, input: object) => AwsOutcome | undefined;

export const refused = (code: string): AwsOutcome => ({ ok: false, code, message: `it says ${code}` });
export const answered = (json: object = {}, headers: Record<string, string> = {}): AwsOutcome => {
  return { ok: true, json: json as Record<string, unknown>, headers: new Headers(headers) };
};

/** A client of AWS that makes no calls, and records them. */
export function recordedAws(answer: AnswerCall = () => undefined): AwsClient & { readonly calls: RecordedCall[] } {
  const calls: RecordedCall[] = [];
  const make = async (name: string, input: object) => {
    calls.push([name, input]);
    return answer(name, input) ?? answered();
  };
  return {
    calls,
    json: (service, action, body) => make(`${service} ${action}`, body),
    sns: (action, parameters) => make(`sns ${action}`, parameters),
    s3: (method, path, body) => make(`s3 ${method} ${path}`, body === undefined ? {} : { body }),
  };
}
