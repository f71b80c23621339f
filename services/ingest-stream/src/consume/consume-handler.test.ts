import { silentLog, silentMeter, type Telemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';
import { expect } from 'chai';
import { createConsumerFixture, eventText, SHARD_ID } from '../testing/consumer-fixture.ts';
import { kinesisEvent } from '../testing/kinesis-event.ts';
import { createConsumeHandler } from './consume-handler.ts';

const context = {} as Context;
const telemetry: Telemetry = { log: silentLog, meter: silentMeter, observe: (_, work) => work() };
const event = kinesisEvent(SHARD_ID, [
  { sequenceNumber: '4960', arrival: 1_768_044_600_000, data: Buffer.from(eventText()).toString('base64') },
  { sequenceNumber: '4961', arrival: 1_768_044_600_001, data: Buffer.from('broken').toString('base64') },
]);

describe('the consumer as a Lambda function', () => {
  it('answers with no failures for a batch with good and bad data, and for the same batch again', async () => {
    const handler = createConsumeHandler({ telemetry, consumer: createConsumerFixture().newConsumer() });
    expect(await handler(event, context)).to.deep.equal({ batchItemFailures: [] });
    expect(await handler(event, context)).to.deep.equal({ batchItemFailures: [] });
  });

  it('names the first uncommitted record as Lambda sent it', async () => {
    const fixture = createConsumerFixture();
    fixture.objects.put = async () => {
      throw new Error('S3 is down');
    };
    const handler = createConsumeHandler({ telemetry, consumer: fixture.newConsumer() });
    expect(await handler(event, context)).to.deep.equal({ batchItemFailures: [{ itemIdentifier: '4960' }] });
  });

  it('does nothing for an empty batch', async () => {
    const handler = createConsumeHandler({ telemetry, consumer: createConsumerFixture().newConsumer() });
    expect(await handler({ Records: [] }, context)).to.deep.equal({ batchItemFailures: [] });
  });
});
