import { connect, createServer } from 'node:net';

/** A port on which `npm start` is about to listen, and its purpose. */
export interface WantedPort {
  readonly port: number;
  readonly purpose: string;
}

/** The first of the ports on which a program already listens. */
export async function findBusyPort(wanted: readonly WantedPort[]): Promise<WantedPort | undefined> {
  const busy = await Promise.all(wanted.map(({ port }) => isBusy(port)));
  return wanted.find((_port, index) => busy[index]);
}

/** One sentence and what to do; at `offset`, nothing listens. */
export function busyPortProblem({ port, purpose }: WantedPort, offset: number): string {
  return `Port ${port}, for ${purpose}, is in use: end the program that listens there (\`lsof -i :${port}\` names it), or move all of Weir's ports with \`npm start -- --port-offset ${offset}\`.`;
}

/**
 * A program may listen on another address of this machine than we would. `localhost` finds that program first if it
 * means ::1, and on macOS nothing keeps us from listening beside a program that has taken every address.
 */
async function isBusy(port: number): Promise<boolean> {
  const found = await Promise.all([cannotListen(port), isAnswered(port, '127.0.0.1'), isAnswered(port, '::1')]);
  return found.includes(true);
}

function isAnswered(port: number, host: string): Promise<boolean> {
  const socket = connect({ port, host });
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).finally(() => socket.destroy());
}

function cannotListen(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(true));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  });
}
