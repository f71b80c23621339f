import { createServer } from 'node:net';

/** Throws one clear sentence if another program listens on the port, before anything slow is started. */
export async function expectFreePort(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} is in use, perhaps by npm start: end the program that listens there, or move all ports with WEIR_PORT_OFFSET.`;
      reject(error.code === 'EADDRINUSE' ? new Error(taken, { cause: error }) : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}
