import { expect } from 'chai';
import { functionEvent } from '../testing/function-event.ts';
import { unsupportedEvents } from './unsupported-events.ts';

const NAME = 'weir-api-local-shrink';

describe('the events that are not supported', () => {
  const told = (...events: Record<string, unknown>[]) =>
    unsupportedEvents(functionEvent(events, { invoke: async () => ({ outcome: 'unreachable' }) }));

  it('are named, each with its function', () => {
    expect(told({ alexaSkill: 'x' }, { eventBridge: { eventBus: 'y' } })).to.deep.equal([
      `${NAME}: The local AWS does not support alexaSkill events, and ignores this one`,
      `${NAME}: The local AWS does not support eventBridge events, and ignores this one`,
    ]);
  });

  it('are none of those that are carried out', () => {
    const arn = 'arn:aws:kinesis:eu-west-1:000000000000:stream/events';
    const events = [
      ...[{ http: 'GET /' }, { schedule: 'rate(1 minute)' }, { s3: 'bucket' }, { stream: arn }, { stream: { arn } }],
      ...[{ sqs: 'arn:aws:sqs:eu-west-1:000000000000:jobs' }, { websocket: '$connect' }, { sns: 'alerts' }],
      { stream: { type: 'dynamodb', arn: { Ref: 'StreamOfNotes' } } },
    ];
    expect(told(...events)).to.deep.equal([]);
  });

  it('are also those parts of an event that are ignored', () => {
    expect(
      told(
        { schedule: { rate: 'cron(0 2 * * ? *)', inputPath: '$.time' } },
        { stream: { type: 'kinesis', arn: 'a', consumer: true } },
        { stream: { arn: { Ref: 'Unknown' } } },
      ),
    ).to.deep.equal([
      `${NAME}: The local AWS sends the whole event of a schedule, and ignores inputPath and inputTransformer`,
      `${NAME}: The local AWS reads a stream without enhanced fan-out, and ignores the consumer`,
      `${NAME}: The local AWS cannot tell what {"Ref":"Unknown"} is, and ignores this event`,
    ]);
  });
});
