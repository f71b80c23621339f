/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation's, not ours */

import { expect } from 'chai';
import { resolveValue } from './template-values.ts';

const RESOURCES = {
  Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'metrics' } },
  Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: { 'Fn::Sub': 'events-${AWS::Region}' } } },
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Properties: { BucketName: { 'Fn::Join': ['-', ['archive', { Ref: 'AWS::AccountId' }]] } },
  },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'mails' } },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alerts' } },
  Key: { Type: 'AWS::KMS::Key', Properties: {} },
};
const SCOPE = { resources: RESOURCES, region: 'us-east-1', awsUrl: 'http://127.0.0.1:4566' };

describe("a template's value", () => {
  for (const [value, resolved] of [
    ['plain', 'plain'],
    [
      [1, { Ref: 'Table' }],
      [1, 'metrics'],
    ],
    [{ a: { Ref: 'Bucket' } }, { a: 'archive-000000000000' }],
    [{ Ref: 'Queue' }, 'http://127.0.0.1:4566/000000000000/mails'],
    [{ Ref: 'Topic' }, 'arn:aws:sns:us-east-1:000000000000:alerts'],
    [{ 'Fn::GetAtt': ['Stream', 'Arn'] }, 'arn:aws:kinesis:us-east-1:000000000000:stream/events-us-east-1'],
    [{ 'Fn::GetAtt': 'Queue.QueueName' }, 'mails'],
    [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:aws:s3:::archive-000000000000'],
    [{ 'Fn::GetAtt': ['Key', 'Arn'] }, 'arn:aws:kms:us-east-1:000000000000:key/Key'],
    [{ 'Fn::Sub': '${Table}-${Queue.Arn}-${!kept}' }, 'metrics-arn:aws:sqs:us-east-1:000000000000:mails-${kept}'],
    [{ 'Fn::Sub': ['${name}/${Table}', { name: { Ref: 'AWS::Partition' } }] }, 'aws/metrics'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['-', 'a-b-c'] }] }, 'b'],
    [{ 'Fn::If': ['x', 1, 2] }, { 'Fn::If': ['x', 1, 2] }],
    [null, null],
  ] as const) {
    it(`${JSON.stringify(value)} is ${JSON.stringify(resolved)}`, () => {
      expect(resolveValue(value, SCOPE)).to.deep.equal(resolved);
    });
  }
});
