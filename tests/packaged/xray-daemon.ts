import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Takes the place of X-Ray's daemon in Lambda, and keeps the names of the segments that functions send. */
export interface XrayDaemon {
  readonly address: string;
  /** `<function>: <segment>`, each once. */
  segments(): readonly string[];
  close(): void;
}

/** Starts it. */
export async function startXrayDaemon(): Promise<XrayDaemon> {
  const segments = new Set<string>();
  // A datagram is a line with the format, and a line of JSON.
  const socket = createSocket('udp4', (datagram) => {
    const { name, type } = JSON.parse(String(datagram).split('\n')[1] ?? '{}');
    if (type === 'subsegment') segments.add(name);
  }).bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    segments: () => [...segments],
    close: () => socket.close(),
  };
}
