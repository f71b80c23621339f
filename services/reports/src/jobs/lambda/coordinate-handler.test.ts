import { silentLog, type Telemetry } from '@weir/logging';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { expect } from 'chai';
import { createCoordinateHandler } from './coordinate-handler.ts';

/** Hands over a batch of jobs of these keys, of which `bad` cannot be coordinated. */
async function coordinate(keyIds: readonly (string | undefined)[], bad?: string, eventName = 'INSERT') {
  const looked: string[] = [];
  const cleaned: string[] = [];
  const counted: string[] = [];
  const meter = { count: (name: string) => void counted.push(name), observe: () => undefined };
  const telemetry: Telemetry = { log: silentLog, meter, observe: (_, work) => work() };
  const handler = createCoordinateHandler(telemetry, {
    coordinate: async (keyId) => {
      looked.push(keyId);
      if (keyId === bad) throw new Error('no');
    },
    cleanUp: async (jobId) => void cleaned.push(jobId),
  });
  const imageOf = (keyId: string, i: number) => ({ pk: { S: 'jobs#funnel' }, sk: { S: `${i}` }, keyId: { S: keyId } });
  const Records = keyIds.map((keyId, i) => ({
    eventName,
    dynamodb: { SequenceNumber: `${i}00`, NewImage: keyId === undefined ? {} : imageOf(keyId, i) },
  }));
  const result = await handler({ Records } as DynamoDBStreamEvent, {} as Context);
  return { looked, cleaned, counted, failures: result.batchItemFailures };
}

describe('the coordinator as a Lambda function', () => {
  it('looks at each key of a batch once', async () => {
    const { looked, cleaned, failures, counted } = await coordinate(['a', 'b', 'a', undefined]);
    expect(looked).to.deep.equal(['a', 'b']);
    expect(cleaned).to.deep.equal([]);
    expect([failures, counted]).to.deep.equal([[], []]);
  });

  it('cleans up after each job that has ended', async () => {
    const { looked, cleaned } = await coordinate(['a', 'b', 'a', undefined], undefined, 'MODIFY');
    expect(looked).to.deep.equal(['a', 'b']);
    expect(cleaned).to.deep.equal(['funnel-0', 'funnel-1', 'funnel-2']);
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
