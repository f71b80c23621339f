import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { restore, stub } from 'sinon';
import { type AwsClient, createAwsClient } from '../aws-calls/aws-client.ts';
import { type Storage, startStorage } from './storage.ts';

const DEAD_ARN = 'arn:aws:sqs:us-east-1:000000000000:dead';

interface Received {
  readonly Body: string;
  readonly ReceiptHandle: string;
  readonly Attributes: Readonly<Record<string, string>>;
}

describe('messages in a file', () => {
  let dataDir: string;
  let storage: Storage;
  let aws: AwsClient;
  const start = async () => {
    storage = await startStorage(dataDir);
    aws = createAwsClient(() => `http://127.0.0.1:${storage.port}`, 'tester');
  };
  const restart = async () => {
    await storage.close();
    await start();
  };
  const call = (action: string, name: string, more: object = {}) =>
    aws.json('sqs', action, { QueueUrl: `http://127.0.0.1/000000000000/${name}`, ...more });
  const receive = async (name: string): Promise<readonly Received[]> => {
    const outcome = await call('ReceiveMessage', name, { MaxNumberOfMessages: 10, AttributeNames: ['All'] });
    return outcome.ok ? ((outcome.json.Messages ?? []) as readonly Received[]) : [];
  };
  const bodiesOf = async (name: string) => (await receive(name)).map(({ Body }) => Body);

  for (const kind of ['', '.fifo'] as const) {
    describe(kind === '' ? 'of a standard queue' : 'of a FIFO queue', () => {
      const [jobs, dead] = [`jobs${kind}`, `dead${kind}`];
      beforeEach(async () => {
        dataDir = mkdtempSync(join(tmpdir(), 'weir-storage-'));
        await start();
        const fifo = kind === '' ? {} : { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
        const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `${DEAD_ARN}${kind}`, maxReceiveCount: 1 });
        await aws.json('sqs', 'CreateQueue', { QueueName: dead, Attributes: fifo });
        await aws.json('sqs', 'CreateQueue', { QueueName: jobs, Attributes: { ...fifo, RedrivePolicy } });
        await call('SendMessage', jobs, { MessageBody: 'poison', ...(kind !== '' && { MessageGroupId: 'a' }) });
      });
      afterEach(async () => {
        restore();
        await storage.close();
        rmSync(dataDir, { recursive: true, force: true });
      });
      const show = async () => {
        const [message] = await receive(jobs);
        const shown = { ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 };
        expect((await call('ChangeMessageVisibility', jobs, shown)).ok).to.equal(true);
      };

      it('can be received again at once, with their number of receptions, also after a restart', async () => {
        const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `${DEAD_ARN}${kind}`, maxReceiveCount: 3 });
        await call('SetQueueAttributes', jobs, { Attributes: { RedrivePolicy } });
        await show();
        await show();
        await restart();
        const [again] = await receive(jobs);
        expect(again).to.have.property('Body', 'poison');
        expect(again?.Attributes).to.include({ ApproximateReceiveCount: '3' });
      });

      it('can be received again after a restart, though they are hidden, with their number of receptions', async () => {
        const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `${DEAD_ARN}${kind}`, maxReceiveCount: 3 });
        await call('SetQueueAttributes', jobs, { Attributes: { RedrivePolicy, VisibilityTimeout: '1800' } });
        for (const ApproximateReceiveCount of ['1', '2', '3']) {
          const [message] = await receive(jobs);
          expect(message?.Attributes).to.include({ ApproximateReceiveCount });
          expect(await bodiesOf(jobs)).to.deep.equal([]);
          await restart();
        }
        expect(await bodiesOf(jobs)).to.deep.equal([]);
        expect(await bodiesOf(dead)).to.deep.equal(['poison']);
      });

      it('keep the delay with which they were sent', async () => {
        const delayed = { Attributes: { DelaySeconds: '900' } };
        await call('SetQueueAttributes', jobs, delayed);
        await call('SendMessage', jobs, { MessageBody: 'later', ...(kind !== '' && { MessageGroupId: 'b' }) });
        await restart();
        expect(await bodiesOf(jobs)).to.deep.equal(['poison']);
      });

      it('are in the dead-letter queue alone once they are there', async () => {
        await show();
        expect(await bodiesOf(jobs)).to.deep.equal([]);
        await restart();
        expect(await bodiesOf(jobs)).to.deep.equal([]);
        expect(await bodiesOf(dead)).to.deep.equal(['poison']);
      });

      it('are not lost if everything ends before the dead-letter queue has them', async () => {
        await show();
        const url = new URL('./sqs/sqsStore.js', import.meta.resolve('fauxqs')).href;
        const { SqsQueue } = (await import(url)) as { SqsQueue: { prototype: { enqueue: () => void } } };
        stub(SqsQueue.prototype, 'enqueue').throws(new Error('the end'));
        expect(await bodiesOf(jobs)).to.deep.equal([]);
        restore();
        await restart();
        expect(await bodiesOf(jobs)).to.deep.equal([]);
        expect(await bodiesOf(dead)).to.deep.equal(['poison']);
      });
    });
  }
});
