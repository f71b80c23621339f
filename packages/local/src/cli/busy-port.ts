import { createServer } from 'node:net';

/** A port that `npm start` is about to listen on, and what for. */
export interface WantedPort {
  readonly port: number;
  readonly purpose: string;
}

/** The first of the ports on which something listens already. */
export async function findBusyPort(wanted: readonly WantedPort[]): Promise<WantedPort | undefined> {
  const busy = await Promise.all(wanted.map(({ port }) => isBusy(port)));
  return wanted.find((_port, index) => busy[index]);
}

/** One sentence and what to do. */
export function busyPortProblem({ port, purpose }: WantedPort): string {
  return `Port ${port}, for ${purpose}, is in use: end the program that listens there (\`lsof -i :${port}\` names it), or move all of Weir's ports with \`npm start -- --port-offset 100\`.`;
}

function isBusy(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(true));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  });
}
