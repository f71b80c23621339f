import { expect } from 'chai';
import type { AwsCall } from '../aws-calls/aws-call.ts';
import { refusedDelay } from './queue-limits.ts';

describe('the delay of a message', () => {
  const refused = (action: string, body: Record<string, unknown> | undefined, service = 'sqs') =>
    refusedDelay({ service, action, format: 'json' } as AwsCall, body);

  it('is refused over 15 minutes, as by SQS, in a batch too', () => {
    const reply = refused('SendMessage', { MessageBody: 'a', DelaySeconds: 901 });
    expect(reply?.status).to.equal(400);
    expect(JSON.parse(String(reply?.body))).to.include({
      message: 'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
    });
    expect(refused('SendMessageBatch', { Entries: [{ DelaySeconds: 1 }, { DelaySeconds: 3600 }] })).not.to.equal(
      undefined,
    );
    expect(refused('SendMessage', { DelaySeconds: -1 })).not.to.equal(undefined);
    expect(refused('SendMessage', { DelaySeconds: 'soon' })).not.to.equal(undefined);
  });

  it('is taken up to 15 minutes, and is no matter of other calls', () => {
    expect(refused('SendMessage', { MessageBody: 'a' })).to.equal(undefined);
    expect(refused('SendMessage', { DelaySeconds: 900 })).to.equal(undefined);
    expect(refused('SendMessageBatch', { Entries: [{ DelaySeconds: 0 }, {}] })).to.equal(undefined);
    expect(refused('SendMessage', undefined)).to.equal(undefined);
    expect(refused('CreateQueue', { DelaySeconds: 901 })).to.equal(undefined);
    expect(refused('SendMessage', { DelaySeconds: 901 }, 'ses')).to.equal(undefined);
  });
});
