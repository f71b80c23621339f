import { createSocket, type Socket } from 'node:dgram';

/** X-Ray's daemon takes a line with the format, and a line of JSON. */
const FORMAT = '{"format":"json","version":1}\n';

/** A segment inside the segment of a call, as X-Ray takes it ("X-Ray segment documents"). Times are epoch seconds. */
export interface Segment {
  readonly name: string;
  readonly id: string;
  readonly trace_id: string;
  readonly parent_id: string;
  readonly type: 'subsegment';
  readonly start_time: number;
  readonly end_time: number;
  readonly fault?: boolean;
  readonly annotations: Readonly<Record<string, string | number>>;
}

let socket: Socket | undefined;

/**
 * Hands a segment to X-Ray's daemon at `host:port`, in one datagram. It resolves when the machine has taken it, and never
 * rejects: a call is worth more than its trace.
 */
export function sendSegment(daemon: string, segment: Segment): Promise<void> {
  const end = daemon.lastIndexOf(':');
  return new Promise((resolve) => {
    try {
      socket ??= createSocket('udp4')
        .on('error', () => undefined)
        .unref();
      const text = FORMAT + JSON.stringify(segment);
      socket.send(text, Number(daemon.slice(end + 1)), daemon.slice(0, end), () => resolve());
    } catch {
      resolve();
    }
  });
}
