import { PassThrough, Readable } from 'node:stream';
import type { Reply, RequestHead } from '../../aws-calls/aws-call.ts';
import type { Exchange } from '../listener.ts';

/** An exchange without a connection. */
export interface RecordedExchange extends Exchange {
  /** What the caller got: replies, the heads of streamed answers, and `dropped`. */
  readonly got: readonly (Reply | { readonly status: number; readonly headers: Reply['headers'] } | 'dropped')[];
  /** What was streamed to the caller. */
  readonly streamed: PassThrough;
}

/** Makes a request with this head and body that keeps its answer. */
export function recordedExchange(head: Partial<RequestHead> = {}, body: string | Buffer = ''): RecordedExchange {
  const got: RecordedExchange['got'][number][] = [];
  const streamed = new PassThrough();
  return {
    head: { method: 'POST', target: '/', headers: {}, ...head },
    body: Readable.from(body.length > 0 ? [Buffer.from(body)] : []),
    got,
    streamed,
    send: (reply) => void got.push(reply),
    start: (status, headers) => {
      got.push({ status, headers });
      return streamed;
    },
    drop: () => {
      got.push('dropped');
      streamed.destroy();
    },
  };
}
