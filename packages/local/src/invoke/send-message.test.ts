import { expect } from 'chai';
import { recordedAws, refused } from '../testing/recorded-aws.ts';
import { sendMessage } from './send-message.ts';

describe('a message to an ARN', () => {
  const message = { given: 'up' };

  it('is published where it is of a topic', async () => {
    const aws = recordedAws();
    const TopicArn = 'arn:aws:sns:us-east-1:000000000000:alerts';
    await sendMessage(aws, TopicArn, message);
    expect(aws.calls).to.deep.equal([['sns Publish', { TopicArn, Message: '{"given":"up"}' }]]);
  });

  it('is sent where it is of a queue', async () => {
    const aws = recordedAws();
    await sendMessage(aws, 'arn:aws:sqs:eu-west-1:000000000000:mails', message);
    const QueueUrl = 'http://sqs.eu-west-1.localhost/000000000000/mails';
    expect(aws.calls).to.deep.equal([['sqs SendMessage', { QueueUrl, MessageBody: '{"given":"up"}' }]]);
  });

  for (const service of ['sns', 'sqs']) {
    it(`is no success where ${service} refuses it`, async () => {
      const aws = recordedAws(() => refused('RequestThrottled'));
      const sending = sendMessage(aws, `arn:aws:${service}:us-east-1:000000000000:a`, message);
      expect(await sending.catch((error: Error) => error.message)).to.equal(
        'RequestThrottled: it says RequestThrottled',
      );
    });
  }
});
