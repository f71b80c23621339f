import { expect } from 'chai';
import { createElastiCacheToken } from './elasticache-token.ts';

describe('createElastiCacheToken', () => {
  it('signs as botocore does', async () => {
    const credentials = { accessKeyId: 'AKID', secretAccessKey: 'SECRET', sessionToken: 'TOKEN+/=' };
    const login = { cache: 'weir-production', user: 'weir-production', region: 'eu-west-1' };
    const sign = createElastiCacheToken({ ...login, credentials });
    const token = await sign(new Date('2026-01-02T03:04:05Z'));
    const [host, query] = token.split('/?');
    expect(host).to.equal('weir-production');
    expect(Object.fromEntries(new URLSearchParams(query))).to.deep.equal({
      Action: 'connect',
      User: 'weir-production',
      ResourceType: 'ServerlessCache',
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKID/20260102/eu-west-1/elasticache/aws4_request',
      'X-Amz-Date': '20260102T030405Z',
      'X-Amz-Expires': '900',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Security-Token': 'TOKEN+/=',
      'X-Amz-Signature': '1da19c1541b7eacad71855c70b30d2955d97f7133ba08990fc2fb39e687b5a49',
    });
  });
});
