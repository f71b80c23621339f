import { localPorts, type NumberedService, SERVICE_NUMBERS } from './local-ports.ts';

/** Ports from 3000 on that `fetch` and browsers never call (Fetch standard, "bad port"). */
const BLOCKED: ReadonlySet<number> = new Set([
  ...[3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080],
]);

/**
 * A fixed port, moved by `offset`, that no browser can call, and neither can Weir itself; undefined if all ports are
 * fine.
 */
export function blockedPort(offset: number): number | undefined {
  const { aws, api, sockets, service } = localPorts(offset);
  const names = Object.keys(SERVICE_NUMBERS) as NumberedService[];
  return [aws, api, sockets, ...names.flatMap((name) => Object.values(service(name)))].find((port) =>
    BLOCKED.has(port),
  );
}

/** One sentence and what to do. */
export function blockedPortProblem(offset: number, port: number): string {
  let other = offset + 100;
  while (blockedPort(other) !== undefined) other += 100;
  return `The port offset ${offset} moves a port to ${port}, which fetch and browsers refuse to call: choose another offset, for example ${other}.`;
}
