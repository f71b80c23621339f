import { expect } from 'chai';
import { functionEvent } from '../testing/function-event.ts';
import { declaredMappings } from './declared-mappings.ts';

const RESOURCES = {
  Events: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'events' } },
  Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } },
};
const EXTENSIONS = {
  ShrinkEventSourceMappingKinesisEvents: { Properties: { a: { 'Fn::GetAtt': ['Jobs', 'Arn'] } } },
  ShrinkEventSourceMappingSQSJobs: { Properties: { a: 2 } },
  ShrinkEventSourceMappingSQSOtherjobs: { Properties: { a: 3 } },
  ShrinkEventSourceMappingDynamodbNotesStream: { Properties: { a: 4 } },
  ShrinkEventSourceMappingDynamodbNotes: { Properties: { a: 5 } },
};
const QUEUES = 'arn:aws:sqs:eu-west-1:000000000000';

describe('the mappings of a function', () => {
  const declared = (...events: Record<string, unknown>[]) => {
    const event = functionEvent(events, { invoke: async () => ({ outcome: 'unreachable' }), resources: RESOURCES });
    const registration = { ...event.registration, extensions: EXTENSIONS };
    return declaredMappings({ ...event, registration }).map(({ kind, resolved, laidOver }) => ({
      kind,
      arn: resolved.arn,
      a: laidOver.a,
    }));
  };

  it('are told apart by type or ARN, each with what is laid over it', () => {
    expect(
      declared(
        { stream: { type: 'kinesis', arn: { 'Fn::GetAtt': ['Events', 'Arn'] } } },
        { sqs: { arn: { 'Fn::GetAtt': ['Jobs', 'Arn'] } } },
        { sqs: `${QUEUES}:other-jobs` },
        { sqs: { arn: { 'Fn::Join': [':', [QUEUES, 'other-jobs']] } } },
        { stream: { type: 'dynamodb', arn: { Ref: 'NotesStream' } } },
        { stream: 'arn:aws:dynamodb:eu-west-1:000000000000:table/notes/stream/x' },
        { stream: { type: 'dynamodb', arn: { 'Fn::Join': ['/', ['arn:aws:dynamodb:x', 'table/none']] } } },
      ),
    ).to.deep.equal([
      { kind: 'kinesis', arn: 'arn:aws:kinesis:eu-west-1:000000000000:stream/events', a: `${QUEUES}:jobs` },
      { kind: 'queue', arn: `${QUEUES}:jobs`, a: 2 },
      { kind: 'queue', arn: `${QUEUES}:other-jobs`, a: 3 },
      { kind: 'queue', arn: `${QUEUES}:other-jobs`, a: 3 },
      { kind: 'table', arn: 'NotesStream', a: 4 },
      { kind: 'table', arn: 'arn:aws:dynamodb:eu-west-1:000000000000:table/notes/stream/x', a: 5 },
      { kind: 'table', arn: 'arn:aws:dynamodb:x/table/none', a: undefined },
    ]);
  });

  it('are those that are enabled', () => {
    expect(declared({ sqs: { arn: `${QUEUES}:a`, enabled: false } }, { http: 'GET /' }, { sqs: null })).to.deep.equal(
      [],
    );
  });
});
