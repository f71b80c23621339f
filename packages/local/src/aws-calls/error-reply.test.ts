import { expect } from 'chai';
import type { AwsCall, WireFormat } from './aws-call.ts';
import { errorReply, internalErrorReply, throttleReply } from './error-reply.ts';

const call = (service: string, format: WireFormat): AwsCall => ({
  ...{ service, action: 'Do', resource: undefined, caller: 'tester', region: 'us-east-1', format, requestBytes: 0 },
});

describe('an error in the form of the called service', () => {
  // What each service's client looks for, and retries on.
  const throttles: readonly [string, WireFormat, number, RegExp][] = [
    ['dynamodb', 'json', 400, /"com\.amazonaws\.dynamodb\.v20120810#ProvisionedThroughputExceededException"/],
    ['kinesis', 'json', 400, /"ProvisionedThroughputExceededException"/],
    ['kms', 'json', 400, /"ThrottlingException"/],
    ['s3', 's3', 503, /^<Error><Code>SlowDown<\/Code>/],
    ['sns', 'query', 400, /^<ErrorResponse><Error><Type>Sender<\/Type><Code>ThrottlingException/],
    ['sqs', 'json', 400, /"RequestThrottled"/],
    ['email', 'rest-json', 429, /^\{"message":"Rate exceeded"\}$/],
    ['monitoring', 'cbor', 400, /^\{"message":"Rate exceeded"\}$/],
  ];
  for (const [service, format, status, body] of throttles) {
    it(`throttles ${service} with ${status}`, () => {
      const reply = throttleReply(call(service, format));
      expect(reply.status).to.equal(status);
      expect(reply.body.toString()).to.match(body);
    });
  }

  const failures: readonly [string, WireFormat, RegExp][] = [
    ['dynamodb', 'json', /#InternalServerError"/],
    ['s3', 's3', /<Code>InternalError</],
    ['sns', 'query', /<Type>Receiver<.*<Code>InternalServerError</],
  ];
  for (const [service, format, body] of failures) {
    it(`breaks ${service} with 500`, () => {
      const reply = internalErrorReply(call(service, format));
      expect([reply.status, body.test(reply.body.toString())]).to.deep.equal([500, true]);
    });
  }

  it('names itself in a header if the body has no place for it', () => {
    for (const format of ['rest-json', 'cbor'] as const) {
      expect(errorReply(call('email', format), { status: 400, code: 'NotFound', message: 'no' }).headers).to.include({
        'x-amzn-errortype': 'NotFound',
      });
    }
  });

  it('has a request id of its own, each time', () => {
    const error = { status: 400, code: 'No', message: 'no' };
    const ids = [1, 2].map(() => errorReply(call('kms', 'json'), error).headers['x-amzn-requestid']);
    expect(new Set(ids).size).to.equal(2);
  });
});
