import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Takes the place of X-Ray's daemon in Lambda, and keeps the segments that functions send. */
export interface XrayDaemon {
  readonly address: string;
  /** The names of all segments, each once. */
  segments(): readonly string[];
  /** The annotations of each call, by the function's name. */
  calls(): ReadonlyMap<string, readonly Annotations[]>;
  close(): void;
}

export type Annotations = Readonly<Record<string, string | number>>;

interface Segment {
  readonly name: string;
  readonly type: string;
  readonly annotations?: Annotations;
}

/** Starts it. */
export async function startXrayDaemon(): Promise<XrayDaemon> {
  const segments: Segment[] = [];
  // A datagram is a line with the format, and a line of JSON.
  const socket = createSocket('udp4', (datagram) => {
    const segment = JSON.parse(String(datagram).split('\n')[1] ?? '{}') as Segment;
    if (segment.type === 'subsegment') segments.push(segment);
  }).bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    segments: () => [...new Set(segments.map(({ name }) => name))],
    calls: () => callsOf(segments),
    close: () => socket.close(),
  };
}

/** Only the segment of a whole call has annotations. */
function callsOf(segments: readonly Segment[]): ReadonlyMap<string, readonly Annotations[]> {
  const calls = new Map<string, Annotations[]>();
  for (const { name, annotations } of segments) {
    if (annotations !== undefined) calls.set(name, [...(calls.get(name) ?? []), annotations]);
  }
  return calls;
}
