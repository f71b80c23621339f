import { expect } from 'chai';
import { createBucketCors } from './bucket-cors.ts';
import { corsHeaders, preflightReply } from './cors.ts';

const RULE = {
  AllowedOrigins: ['https://a.test', 'https://b.test'],
  AllowedMethods: ['GET', 'PUT'],
  AllowedHeaders: ['x-*'],
  ExposedHeaders: ['ETag', 'x-amz-id'],
  MaxAge: 60,
};

describe("a browser's preflight of a local bucket", () => {
  const cors = createBucketCors();
  const resource = {
    Type: 'AWS::S3::Bucket',
    Properties: { BucketName: 'bucket', CorsConfiguration: { CorsRules: [RULE] } },
  };
  cors.learn(
    {
      ...{ name: 'a', stage: 'local', region: 'us-east-1', lambdaUrl: '', extensions: {}, functions: {} },
      resources: { Bucket: resource },
    },
    '',
  );
  const preflight = (headers: Record<string, string | string[]>, target = '/bucket/key') =>
    preflightReply({ method: 'OPTIONS', target, headers }, cors);
  const asked = { origin: 'https://a.test', 'access-control-request-method': 'PUT' };

  it('is allowed what a rule of the bucket says, for the headers that it asks for', () => {
    const { status, headers } = preflight({ ...asked, 'access-control-request-headers': 'x-a, x-b' }) ?? {};
    expect(status).to.equal(200);
    expect(headers).to.deep.equal({
      'access-control-allow-origin': 'https://a.test',
      'access-control-allow-methods': 'GET, PUT',
      'access-control-allow-headers': 'x-a, x-b',
      'access-control-expose-headers': 'ETag, x-amz-id',
      'access-control-max-age': '60',
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    });
  });

  it('names no headers where none are asked for', () => {
    expect(preflight(asked)?.headers).to.not.have.property('access-control-allow-headers');
  });

  it('is not answered where no rule fits', () => {
    expect(preflight({ ...asked, origin: 'https://c.test' })).to.equal(undefined);
    expect(preflight({ ...asked, 'access-control-request-method': 'DELETE' })).to.equal(undefined);
    expect(preflight({ ...asked, 'access-control-request-headers': 'x-a, authorization' })).to.equal(undefined);
    expect(preflight(asked, '/other/key')).to.equal(undefined);
  });
});

describe('the CORS headers of an answer', () => {
  it('are none where no page asks', () => {
    expect(corsHeaders(undefined, undefined)).to.deep.equal({});
    expect(corsHeaders(RULE, undefined)).to.deep.equal({});
    expect(corsHeaders(undefined, 'https://a.test')).to.deep.equal({});
  });

  it('name the page, or every page where the rule does', () => {
    expect(corsHeaders(RULE, ['https://b.test'])).to.include({ 'access-control-allow-origin': 'https://b.test' });
    const every = { ...RULE, AllowedOrigins: ['*'] };
    expect(corsHeaders(every, 'https://b.test')).to.include({ 'access-control-allow-origin': '*' });
  });
});
