import type { AddressInfo } from 'node:net';
import { guardServer } from '../access/guard-server.ts';
import { namedHosts } from '../access/own-host.ts';
import type { Emulator } from './emulator.ts';

/** Loaded when it is needed: its parsers of mail take a third of the start-up time of everything else here. */
export async function startMail(): Promise<Emulator> {
  // Loaded when asked for: its parsers of mail take a third of the time that everything else here needs to start.
  const { default: module } = await import('aws-ses-v2-local');
  const server = await startServer(module)({ host: '127.0.0.1', port: 0 });
  guardServer(server, { hosts: namedHosts(process.env), origins: () => [], hasPages: true });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port: (server.address() as AddressInfo).port, close };
}

type StartMailServer = typeof import('aws-ses-v2-local').default;

/**
 * The package is CommonJS marked as ESM's `default`: under Node the function lies one `default` deeper than its types
 * say.
 */
function startServer(module: StartMailServer | { readonly default: StartMailServer }): StartMailServer {
  return 'default' in module ? module.default : module;
}
