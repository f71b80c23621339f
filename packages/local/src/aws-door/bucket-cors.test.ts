import { expect } from 'chai';
import { type CorsRule, createBucketCors } from './bucket-cors.ts';

const ORIGIN = 'https://app.example.com';

function corsOf(...CorsRules: readonly CorsRule[]) {
  const cors = createBucketCors();
  const registration = { name: 'a', stage: 'local', region: 'us-east-1', lambdaUrl: '', extensions: {}, functions: {} };
  const Pictures = {
    Type: 'AWS::S3::Bucket',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's, not ours
    Properties: { BucketName: { 'Fn::Sub': 'pictures-${AWS::AccountId}' }, CorsConfiguration: { CorsRules } },
  };
  const Closed = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'closed' } };
  cors.learn({ ...registration, resources: { Pictures, Closed } }, 'http://127.0.0.1:4566');
  return cors;
}

describe('the CORS rules of buckets', () => {
  const bucket = 'pictures-000000000000';
  const rule: CorsRule = { AllowedOrigins: [ORIGIN], AllowedMethods: ['PUT'], AllowedHeaders: ['Content-Type', 'x-*'] };

  it('let a named origin do what a rule says', () => {
    expect(corsOf(rule).find({ bucket, origin: ORIGIN, method: 'PUT' })).to.deep.equal(rule);
    const headers = ['content-type', 'X-Amz-Date'];
    expect(corsOf(rule).find({ bucket, origin: ORIGIN, method: 'PUT', headers })).to.deep.equal(rule);
  });

  const refused = {
    'another origin': { origin: 'https://evil.test' },
    'an origin that begins like it': { origin: `${ORIGIN}.evil.test` },
    'no origin': { origin: undefined },
    'another method': { method: 'GET' },
    'another header': { headers: ['content-type', 'authorization'] },
    'another bucket': { bucket: 'closed' },
    'a bucket that nobody registered': { bucket: 'none' },
    'no bucket': { bucket: undefined },
  };
  for (const [what, change] of Object.entries(refused)) {
    it(`do not let ${what}`, () => {
      expect(corsOf(rule).find({ bucket, origin: ORIGIN, method: 'PUT', ...change })).to.equal(undefined);
    });
  }

  it('may have a star, and the first that fits counts', () => {
    const any = { AllowedOrigins: ['*'], AllowedMethods: ['GET'] };
    const many = { AllowedOrigins: ['https://*.example.com'], AllowedMethods: ['GET', 'PUT'] };
    const cors = corsOf(rule, many, any);
    expect(cors.find({ bucket, origin: 'https://evil.test', method: 'GET' })).to.deep.equal(any);
    expect(cors.find({ bucket, origin: ORIGIN, method: 'GET' })).to.deep.equal(many);
    expect(cors.find({ bucket, origin: ORIGIN, method: 'PUT' })).to.deep.equal(rule);
  });
});
