import { Resolver } from 'node:dns/promises';
import { isIPv4 } from 'node:net';

/** The IPv4 addresses of a host. Rejects if there is none, or if no name server answers. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

/**
 * Asks the name servers, never the machine's file of hosts. Its answers come without a thread, so that a name server
 * that hangs keeps no other host back.
 */
export function createResolveHost(): ResolveHost {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  return async (host) => (isIPv4(host) ? [host] : resolver.resolve4(host));
}
