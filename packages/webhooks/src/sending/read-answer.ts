import type { IncomingMessage } from 'node:http';

/** So much of an answer's body is kept. */
export const MAX_RESPONSE_BYTES = 1024;
/** The status has decided by then: the body is for people. */
const BODY_MS = 1_000;

/** Control characters, without tabs and the ends of lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is meant
const CONTROLS = /[\0-\x08\x0b\x0c\x0e-\x1f]/g;

/** The answer to a POST. */
export interface AnswerOfPost {
  readonly kind: 'answered';
  readonly status: number;
  /** The beginning of its body, as UTF-8: `MAX_RESPONSE_BYTES` at most. */
  readonly response: string;
  /** The header `retry-after`, as it came. */
  readonly retryAfter?: string | undefined;
  /** The header `webhook-delivery`, as it came. */
  readonly delivery?: string | undefined;
}

/** Reads the beginning of an answer, and closes the connection. A body that trickles is cut where it was after a second. */
export async function readAnswer(answer: IncomingMessage): Promise<AnswerOfPost> {
  const { statusCode = 0, headers } = answer;
  const delivery = headers['webhook-delivery'];
  return {
    ...{ kind: 'answered', status: statusCode, response: await readBeginning(answer) },
    ...{ retryAfter: headers['retry-after'], delivery: Array.isArray(delivery) ? delivery[0] : delivery },
  };
}

async function readBeginning(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  const timer = setTimeout(() => answer.destroy(), BODY_MS);
  try {
    for await (const chunk of answer) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length >= MAX_RESPONSE_BYTES) break;
    }
  } catch {
    // The connection ended early. What came until then is kept.
  } finally {
    clearTimeout(timer);
    answer.destroy();
  }
  return cutText(Buffer.concat(chunks).subarray(0, MAX_RESPONSE_BYTES));
}

/**
 * Bytes that are no UTF-8, and control characters, become longer when they are replaced: the text is cut once more. In the
 * API's answers, JSON inside of JSON, a control character would become seven.
 */
function cutText(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes, { stream: true }).replaceAll(CONTROLS, '\ufffd');
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(MAX_RESPONSE_BYTES));
  return text.slice(0, read);
}
