import { expect } from 'chai';
import type { AwsCall, AwsCallResult } from '../aws-calls/aws-call.ts';
import { createUsageCounter } from './usage.ts';

const call = (action: string, caller?: string): AwsCall => ({
  ...{ service: 'dynamodb', action, resource: 'metrics', caller, region: 'us-east-1', format: 'json' as const },
  requestBytes: 10,
});
const result = (status: number | undefined, units: Partial<AwsCallResult> = {}): AwsCallResult => {
  return { status, responseBytes: 5, readUnits: 0, writeUnits: 0, ...units };
};

describe('the counts of calls', () => {
  it('add up by action, in all and for each caller', () => {
    const counter = createUsageCounter();
    counter.count(call('PutItem', 'a'), result(200, { writeUnits: 2 }));
    counter.count(call('PutItem', 'b'), result(200, { writeUnits: 1 }));
    counter.count(call('Query', 'a'), result(200, { readUnits: 0.5 }));
    const { actions, callers } = counter.usage();
    expect(actions['dynamodb:PutItem']).to.deep.equal({
      ...{ calls: 2, errors: 0, readUnits: 0, writeUnits: 3, requestBytes: 20, responseBytes: 10 },
    });
    expect(Object.keys(callers.a ?? {})).to.deep.equal(['dynamodb:PutItem', 'dynamodb:Query']);
    expect(callers.b?.['dynamodb:PutItem']).to.include({ calls: 1, writeUnits: 1 });
  });

  for (const [status, errors] of [
    [200, 0],
    [304, 0],
    [400, 1],
    [503, 1],
    [undefined, 1],
  ] as const) {
    it(`take ${status ?? 'no answer'} for ${errors} errors`, () => {
      const counter = createUsageCounter();
      counter.count(call('GetItem', 'a'), result(status));
      expect(counter.usage().actions['dynamodb:GetItem']).to.include({ calls: 1, errors });
    });
  }

  it('of a call without a caller are in the sum only', () => {
    const counter = createUsageCounter();
    counter.count(call('GetItem'), result(200));
    expect(counter.usage()).to.deep.include({ callers: {} });
    expect(counter.usage().actions).to.have.key('dynamodb:GetItem');
  });

  it('that were read change no more, and begin again after a reset', () => {
    const counter = createUsageCounter();
    counter.count(call('GetItem', 'a'), result(200));
    const before = counter.usage();
    counter.count(call('GetItem', 'a'), result(200));
    expect(before.actions['dynamodb:GetItem']?.calls).to.equal(1);
    counter.reset();
    expect(counter.usage()).to.deep.equal({ actions: {}, callers: {} });
  });
});
