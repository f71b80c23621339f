import type { Endpoint } from '@weir/dynamodb/webhooks';
import { formatTime } from '../../times/parse-time.ts';
import { newestPublicKeyOf } from './make-secrets.ts';

/** An endpoint in the form of answers. It lists the fields one by one, so that no secret is ever among them. */
export function presentEndpoint(endpoint: Endpoint, now: number): object {
  const { id, url, events, format, asymmetric, status, disabled, health, createdAt, keyId } = endpoint;
  const publicKey = newestPublicKeyOf(endpoint);
  const { firstFailureAt, pausedUntil } = health;
  return {
    ...{ id, url, events, format, asymmetric },
    ...(publicKey !== undefined && { publicKey }),
    ...{ status, ...(disabled && { disabled: { reason: disabled.reason, since: formatTime(disabled.since) } }) },
    ...(firstFailureAt !== undefined && { failingSince: formatTime(firstFailureAt) }),
    ...(pausedUntil !== undefined && pausedUntil > now && { pausedUntil: formatTime(pausedUntil) }),
    ...presentOldSecrets(endpoint, now),
    ...{ createdAt: formatTime(createdAt), createdBy: keyId },
  };
}

/** Until when secrets from before a rotation sign. */
function presentOldSecrets({ secrets }: Endpoint, now: number): object {
  const until = Math.max(0, ...secrets.map((secret) => secret.until ?? 0));
  return until > now ? { oldSecretsUntil: formatTime(until) } : {};
}
