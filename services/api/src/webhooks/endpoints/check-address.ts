import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import type { Problem } from '../../http/answers/problem.ts';
import { badBody } from '../../http/bodies/read-body.ts';
import type { WebhooksDeps } from './webhooks-deps.ts';

/** The problem of a URL to which no message may be sent; undefined if one may. */
export async function checkAddress(deps: WebhooksDeps, url: string): Promise<Problem | undefined> {
  const checked = await orUnavailable(deps, 'the name servers', deps.checkUrl(url));
  if (checked.kind === 'problem') return checked;
  return 'refusal' in checked.value ? badBody([{ pointer: '/url', detail: checked.value.detail }]) : undefined;
}
