import { expect } from 'chai';
import type { AwsCall } from '../aws-calls/aws-call.ts';
import { createFaultRules } from './faults.ts';

const call = (service: string, action: string): AwsCall => ({
  service,
  action,
  resource: 'metrics',
  caller: 'tester',
  region: 'us-east-1',
  format: 'json',
  requestBytes: 0,
});

describe('fault rules', () => {
  it('are used up after their times, and then the next rule takes over', () => {
    const faults = createFaultRules();
    faults.add([
      { match: { service: 'dynamodb' }, kind: 'throttle', times: 2 },
      { match: {}, kind: 'delay', delayMs: 5 },
    ]);
    const kinds = [1, 2, 3].map(() => faults.pick(call('dynamodb', 'PutItem'))?.kind);
    expect(kinds).to.deep.equal(['throttle', 'throttle', 'delay']);
  });

  it('match every field that they name', () => {
    const faults = createFaultRules();
    faults.add([{ match: { service: 'dynamodb', action: 'PutItem', caller: 'tester' }, kind: 'error' }]);
    expect(faults.pick(call('dynamodb', 'PutItem'))?.kind).to.equal('error');
    expect(faults.pick(call('dynamodb', 'GetItem'))).to.equal(undefined);
    expect(faults.pick(call('kinesis', 'PutItem'))).to.equal(undefined);
  });

  it('strike with their probability', () => {
    const rolls = [0.1, 0.6];
    const faults = createFaultRules(() => rolls.shift() ?? 1);
    faults.add([{ match: {}, kind: 'drop-after', probability: 0.5 }]);
    expect([1, 2].map(() => faults.pick(call('s3', 'PutObject'))?.kind)).to.deep.equal(['drop-after', undefined]);
  });

  it('are gone when cleared', () => {
    const faults = createFaultRules();
    faults.add([{ match: {}, kind: 'error' }]);
    faults.clear();
    expect(faults.pick(call('s3', 'PutObject'))).to.equal(undefined);
  });
});
