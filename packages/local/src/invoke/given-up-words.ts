import type { InvokeResult } from './lambda-invoke.ts';

/** Why an invocation failed, in a line: what the function threw, without its stack, as far as the answer has it. */
export function failureInWords(result: InvokeResult): string {
  if (result.outcome === 'unreachable') return 'the service is not running';
  if (result.outcome === 'returned') return 'the function named it as failed';
  const [type, message] = ['errorType', 'errorMessage'].map((key) => textOf(result.reason, key));
  if (message === undefined) return result.reason;
  return type === undefined ? message : `${type}: ${message}`;
}

/** A text of JSON that may be cut short. */
function textOf(json: string, key: string): string | undefined {
  const [, text] = new RegExp(`"${key}":("(?:[^"\\\\]|\\\\.)*")`).exec(json) ?? [];
  return text === undefined ? undefined : String(JSON.parse(text)).split('\n')[0];
}

const KINDS: Readonly<Record<string, string>> = { sqs: 'queue', sns: 'topic', s3: 'bucket' };

/** A destination by kind and name: `the queue tiny-given-up`. */
export function destinationInWords(arn: string): string {
  const parts = arn.split(':');
  return `the ${KINDS[parts[2] ?? ''] ?? 'destination'} ${parts.at(-1)}`;
}

/** `1 record`, `2 records`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
