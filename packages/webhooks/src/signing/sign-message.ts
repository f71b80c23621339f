import { createHmac, sign } from 'node:crypto';
import { readSecret, type SigningKey } from './secrets.ts';

/** The headers of Standard Webhooks. */
export interface SignedHeaders {
  readonly 'webhook-id': string;
  /** Of the attempt, in epoch seconds. */
  readonly 'webhook-timestamp': string;
  /** One signature for each secret, separated by spaces: a receiver needs one that it can verify. */
  readonly 'webhook-signature': string;
}

export interface MessageToSign {
  readonly id: string;
  /** Epoch milliseconds of the attempt. */
  readonly attemptedAt: number;
  /** The exact bytes that are sent. */
  readonly body: Uint8Array;
}

/** Signs an attempt with each of the secrets, as Standard Webhooks has it. */
export function signMessage({ id, attemptedAt, body }: MessageToSign, secrets: readonly string[]): SignedHeaders {
  const timestamp = String(Math.floor(attemptedAt / 1000));
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => signatureOf(readSecret(secret), signed)).join(' '),
  };
}

function signatureOf(signing: SigningKey, signed: Buffer): string {
  if (signing.scheme === 'v1a') return `v1a,${sign(null, signed, signing.key).toString('base64')}`;
  return `v1,${createHmac('sha256', signing.bytes).update(signed).digest('base64')}`;
}
