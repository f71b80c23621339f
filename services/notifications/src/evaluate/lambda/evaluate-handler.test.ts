import type { StoredEntry, StoredMetric } from '@weir/dynamodb';
import { silentLog, silentMeter, type Telemetry } from '@weir/logging';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { expect } from 'chai';
import type { EvaluatedBatch } from '../evaluate-batch.ts';
import { createEvaluateHandler } from './evaluate-handler.ts';

const entryOf = (number: number) => ({ kind: 'entry', logId: '1.0', entry: { number } as StoredEntry }) as const;
const progressOf = (closedUpTo: number) => ({ kind: 'progress', progress: { closedUpTo, at: 0 } }) as const;

async function handle(metrics: readonly (StoredMetric | undefined)[], isFailing = false) {
  const batches: EvaluatedBatch[] = [];
  const pushed: unknown[] = [];
  const telemetry: Telemetry = { log: silentLog, meter: silentMeter, observe: (_, work) => work() };
  const handler = createEvaluateHandler(telemetry, {
    readMetric: ({ dynamodb }) => metrics[Number(dynamodb?.SequenceNumber)],
    evaluate: async (batch) => {
      if (isFailing) throw new Error('no table');
      batches.push(batch);
    },
    push: async (entries) => void pushed.push([batches.length, entries]),
  });
  const Records = metrics.map((_, i) => ({ dynamodb: { SequenceNumber: `${i}` } }));
  const { batchItemFailures } = await handler({ Records } as DynamoDBStreamEvent, {} as Context);
  return { batches, batchItemFailures, pushed };
}

describe('the evaluator as a Lambda function', () => {
  it('hands over the entries of a batch, and the latest progress', async () => {
    const { batches, batchItemFailures } = await handle([
      entryOf(1),
      progressOf(9),
      undefined,
      entryOf(2),
      progressOf(7),
    ]);
    expect(batches).to.deep.equal([{ entries: [{ number: 1 }, { number: 2 }], closedUpTo: 9 }]);
    expect(batchItemFailures).to.deep.equal([]);
  });

  it('has the entries pushed after the rules, and nothing that the rules have not seen', async () => {
    expect((await handle([entryOf(1), progressOf(9)])).pushed).to.deep.equal([[1, [{ number: 1 }]]]);
    expect((await handle([entryOf(1)], true)).pushed).to.deep.equal([]);
  });

  it('says nothing of a close without progress', async () => {
    expect((await handle([entryOf(1)])).batches).to.deep.equal([{ entries: [{ number: 1 }], closedUpTo: undefined }]);
  });

  it('has the whole batch sent again if it fails', async () => {
    const { batchItemFailures } = await handle([entryOf(1), progressOf(9)], true);
    expect(batchItemFailures).to.deep.equal([{ itemIdentifier: '0' }]);
  });
});
