import { blockedPort } from '../ports/blocked-port.ts';
import { findBusyPort } from '../ports/busy-port.ts';
import { localPorts, type NumberedService, SERVICE_NUMBERS } from '../ports/local-ports.ts';

/** An offset at which nothing listens. It moves no port up to those that the system gives to connections: they come and go. */
export async function someFreeOffset(): Promise<number> {
  for (;;) {
    const offset = 5_000 + Math.floor(Math.random() * 20_000);
    const { aws, api, sockets, service } = localPorts(offset);
    const names = Object.keys(SERVICE_NUMBERS) as NumberedService[];
    const ports = [aws, api, sockets, ...names.flatMap((name) => Object.values(service(name)))];
    const busy = await findBusyPort(ports.map((port) => ({ port, purpose: 'a test' })));
    if (busy === undefined && blockedPort(offset) === undefined) return offset;
  }
}
