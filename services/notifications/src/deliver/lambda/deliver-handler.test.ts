import { silentLog, type Telemetry } from '@weir/logging';
import type { Context, SQSEvent } from 'aws-lambda';
import { expect } from 'chai';
import { writeDeliveryMessage } from '../../queues/delivery-message.ts';
import { createDeliverHandler } from './deliver-handler.ts';

describe('the function of the queues of webhooks', () => {
  it('attempts all of a batch at the same time, and gives back only what failed', async () => {
    const counted: string[] = [];
    const under: string[] = [];
    let most = 0;
    const meter = { count: (name: string) => void counted.push(name), observe: () => undefined };
    const telemetry: Telemetry = { log: silentLog, meter, observe: (_, work) => work() };
    const handler = createDeliverHandler(telemetry, {
      slowQueueArn: 'arn:slow',
      deliver: async ({ endpointId }, lane) => {
        most = Math.max(most, under.push(`${endpointId} ${lane}`));
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (endpointId === 'bad') throw new Error('no table');
        return endpointId === 'late' ? 'dropped' : 'attempted';
      },
    });
    const Records = ['a', 'bad', 'late', undefined, 'b'].map((endpointId, i) => ({
      ...{ messageId: `${i}`, eventSourceARN: i === 4 ? 'arn:slow' : 'arn:fast' },
      body: endpointId === undefined ? '?' : writeDeliveryMessage({ endpointId, messageId: 'm', attempt: 0 }),
    }));
    const answer = await handler({ Records } as SQSEvent, {} as Context);
    expect(answer.batchItemFailures).to.deep.equal([{ itemIdentifier: '1' }, { itemIdentifier: '3' }]);
    expect(under).to.deep.equal(['a fast', 'bad fast', 'late fast', 'b slow']);
    expect(most).to.equal(4);
    expect(counted.sort()).to.deep.equal([
      ...['WebhooksAttempted', 'WebhooksAttempted', 'WebhooksFailedToTry', 'WebhooksFailedToTry'],
    ]);
  });
});
