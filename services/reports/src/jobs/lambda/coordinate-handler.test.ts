import { silentLog, type Telemetry } from '@weir/logging';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { expect } from 'chai';
import { createCoordinateHandler } from './coordinate-handler.ts';

/** Hands over a batch of jobs of these keys, of which `bad` cannot be coordinated. */
async function coordinate(keyIds: readonly (string | undefined)[], bad?: string) {
  const looked: string[] = [];
  const counted: string[] = [];
  const meter = { count: (name: string) => void counted.push(name), observe: () => undefined };
  const telemetry: Telemetry = { log: silentLog, meter, observe: (_, work) => work() };
  const handler = createCoordinateHandler(telemetry, async (keyId) => {
    looked.push(keyId);
    if (keyId === bad) throw new Error('no');
  });
  const Records = keyIds.map((keyId, i) => ({
    dynamodb: { SequenceNumber: `${i}00`, NewImage: keyId === undefined ? {} : { keyId: { S: keyId } } },
  }));
  const result = await handler({ Records } as DynamoDBStreamEvent, {} as Context);
  return { looked, counted, failures: result.batchItemFailures };
}

describe('the coordinator as a Lambda function', () => {
  it('looks at each key of a batch once', async () => {
    const { looked, failures, counted } = await coordinate(['a', 'b', 'a', undefined]);
    expect(looked).to.deep.equal(['a', 'b']);
    expect([failures, counted]).to.deep.equal([[], []]);
  });

  it('names the first record that failed, and leaves those behind it to the retry', async () => {
    const { looked, failures, counted } = await coordinate(['a', 'b', 'c'], 'b');
    expect(looked).to.deep.equal(['a', 'b']);
    expect(failures).to.deep.equal([{ itemIdentifier: '100' }]);
    expect(counted).to.deep.equal(['JobRecordsFailed']);
  });

  it('does nothing for an empty batch', async () => {
    expect((await coordinate([])).failures).to.deep.equal([]);
  });
});
