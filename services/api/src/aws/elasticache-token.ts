import { fromEnv } from '@aws-sdk/credential-provider-env';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4, type SignatureV4Init } from '@smithy/signature-v4';

/** The longest life that ElastiCache takes. A connection stays open after it, for 12 hours. */
const LIFE_SECONDS = 900;

/** A serverless cache, and its user whose authentication is IAM. */
export interface ElastiCacheLogin {
  readonly cache: string;
  readonly user: string;
  readonly region: string;
  /** Those of the function's role by default. */
  readonly credentials?: SignatureV4Init['credentials'];
}

/** Makes passwords of a user: a signed request, which is not sent. ElastiCache asks IAM whether the role may connect. */
export function createElastiCacheToken({
  cache,
  user,
  region,
  credentials = fromEnv(),
}: ElastiCacheLogin): (now: Date) => Promise<string> {
  const signer = new SignatureV4({ service: 'elasticache', region, credentials, sha256: Sha256 });
  return async (signingDate) => {
    const request = new HttpRequest({
      method: 'GET',
      protocol: 'http:',
      hostname: cache,
      path: '/',
      headers: { host: cache },
      query: { Action: 'connect', User: user, ResourceType: 'ServerlessCache' },
    });
    const { query = {} } = await signer.presign(request, { expiresIn: LIFE_SECONDS, signingDate });
    return `${cache}/?${new URLSearchParams(query as Record<string, string>)}`;
  };
}
