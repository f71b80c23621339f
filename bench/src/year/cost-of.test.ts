import type { CallUsage } from '@weir/local';
import { expect } from 'chai';
import { costOf } from './cost-of.ts';

const usage = (calls: number, readUnits = 0, writeUnits = 0): CallUsage => ({
  ...{ calls, readUnits, writeUnits },
  ...{ errors: 0, requestBytes: 0, responseBytes: 0 },
});

describe('the cost of a question', () => {
  it('is that of units, requests, messages and the time of functions', () => {
    const calls = {
      'dynamodb:Query': usage(3, 8_000_000),
      'dynamodb:PutItem': usage(3, 0, 1_000_000),
      's3:GetObject': usage(1_000_000),
      's3:ListObjectsV2': usage(1000),
      's3:PutObject': usage(1000),
      's3:DeleteObjects': usage(1000),
    };
    const cost = costOf({ calls, invocations: 1_000_000, gigabyteSeconds: 100_000, messages: 1_000_000 });
    expect(cost.tables).to.be.closeTo(1.625, 1e-9);
    expect(cost.objects).to.be.closeTo(0.41, 1e-9);
    expect(cost.functions).to.be.closeTo(1.53334, 1e-9);
    expect(cost.messages).to.be.closeTo(1.7, 1e-9);
  });
});
