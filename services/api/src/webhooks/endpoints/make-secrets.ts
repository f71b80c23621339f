import type { Endpoint, EndpointSecret } from '@weir/dynamodb/webhooks';
import { newAsymmetricSecret, newSymmetricSecret, publicKeyOf } from '@weir/webhooks';

type Signing = Pick<Endpoint, 'format' | 'asymmetric'>;

/** New secrets of an endpoint: that which its receivers share, then its private key if it has one. None for Slack. */
export function makeSecrets({ format, asymmetric }: Signing, random: () => Uint8Array): EndpointSecret[] {
  if (format === 'slack') return [];
  const texts = [newSymmetricSecret(random()), ...(asymmetric ? [newAsymmetricSecret(random())] : [])];
  return texts.map((secret) => ({ secret, until: undefined }));
}

/** The newest secret that receivers share. */
export function sharedSecretOf({ secrets }: Pick<Endpoint, 'secrets'>): string | undefined {
  return secrets.find(({ secret }) => publicKeyOf(secret) === undefined)?.secret;
}

/** The newest public key. */
export function newestPublicKeyOf({ secrets }: Pick<Endpoint, 'secrets'>): string | undefined {
  return secrets.map(({ secret }) => publicKeyOf(secret)).find((key) => key !== undefined);
}
