import { isIPv4 } from 'node:net';
import { checkUrl, createResolveHost } from '@weir/webhooks/addresses';
import type { WebhooksDeps } from './webhooks-deps.ts';

/**
 * Checks URLs by the name servers. On a developer's machine, HTTP and that machine are allowed too, and names are not asked
 * for: there may be no network. Whoever connects checks the address again.
 */
export function openUrlCheck(isLocal: boolean): WebhooksDeps['checkUrl'] {
  const rules = { resolve: isLocal ? takeAsLocal : createResolveHost(), isLocal };
  return (url) => checkUrl(url, rules);
}

async function takeAsLocal(host: string): Promise<readonly string[]> {
  return [isIPv4(host) ? host : '127.0.0.1'];
}
