import { expect } from 'chai';
import { header, readSignature } from './signature.ts';

const of = (headers: Record<string, string | string[]>, target = '/') =>
  readSignature({ method: 'GET', target, headers });

describe('the signature of a request', () => {
  const scope = 'weirapikeys/20260101/eu-west-1/dynamodb/aws4_request';
  const expected = { caller: 'weirapikeys', region: 'eu-west-1', service: 'dynamodb' };

  it('is read from the header', () => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
    expect(of({ authorization })).to.deep.equal(expected);
    expect(of({ authorization: [authorization, 'other'] })).to.deep.equal(expected);
  });

  it('is read from the query of a presigned address, and the header wins', () => {
    const query = `/photos/a?X-Amz-Credential=${encodeURIComponent(scope)}&X-Amz-Expires=60`;
    expect(of({}, query)).to.deep.equal(expected);
    expect(of({ authorization: 'AWS4-HMAC-SHA256 Credential=b/1/us-east-1/s3/aws4_request' }, query).caller).to.equal(
      'b',
    );
  });

  it('of version 2 is of S3', () => {
    const s3 = { region: 'us-east-1', service: 's3' };
    expect(of({ authorization: 'AWS bob:c2lnbmVk' })).to.deep.equal({ caller: 'bob', ...s3 });
    expect(of({}, '/photos/a?AWSAccessKeyId=bob&Expires=1')).to.deep.equal({ caller: 'bob', ...s3 });
  });

  for (const authorization of ['', 'Bearer x', 'AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA256 Credential=']) {
    it(`that is ${JSON.stringify(authorization)} has no caller, and is for S3`, () => {
      expect(of({ authorization })).to.deep.equal({ caller: undefined, region: 'us-east-1', service: 's3' });
    });
  }

  it('that is cut short has the usual region', () => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=tester/20260101';
    expect(of({ authorization })).to.deep.equal({ caller: 'tester', region: 'us-east-1', service: 's3' });
  });
});

describe('a header', () => {
  it('is its first value, or nothing', () => {
    expect([header('a'), header(['a', 'b']), header([]), header(undefined)]).to.deep.equal(['a', 'a', '', '']);
  });
});
