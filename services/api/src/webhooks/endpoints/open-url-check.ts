import { checkUrl, createResolveHost } from '@weir/webhooks/addresses';
import type { WebhooksDeps } from './webhooks-deps.ts';

/** Checks URLs by the name servers. On a developer's machine, HTTP and that machine are allowed too. */
export function openUrlCheck(stage: string): WebhooksDeps['checkUrl'] {
  const rules = { resolve: createResolveHost(), isLocal: stage === 'local' };
  return (url) => checkUrl(url, rules);
}
