import { expect } from 'chai';
import { describeCall, describeS3Call } from '../../aws-calls/describe-call.ts';
import type { PolicyStatement, ServiceRegistration } from '../../registration/service-registration.ts';
import { createRights } from './rights.ts';

const ARN = 'arn:aws:kms:us-east-1:000000000000:key/DataKey';
const KEY = { 'Fn::GetAtt': ['DataKey', 'Arn'] };
const SERVICE = { stage: 'local', region: 'us-east-1', lambdaUrl: '', extensions: {}, functions: {} };

/** One service has the key, and tells its ARN to the other in an SSM parameter. */
const OWNER: ServiceRegistration = {
  ...SERVICE,
  name: 'owner',
  resources: {
    DataKey: { Type: 'AWS::KMS::Key' },
    Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/data', TargetKeyId: { Ref: 'DataKey' } } },
    Told: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/weir/key', Value: KEY } },
    Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'events', StreamEncryption: { KeyId: KEY } } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'mails', KmsMasterKeyId: 'alias/data' } },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alerts', KmsMasterKeyId: { Ref: 'DataKey' } } },
    Plain: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'plain', KmsMasterKeyId: 'alias/aws/sqs' } },
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'cursor', KmsKeyId: 'alias/data' } },
  },
};

const encrypted = (KMSMasterKeyID: unknown) => ({
  ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } }],
});

function registrationOf(statements: readonly PolicyStatement[]): ServiceRegistration {
  return {
    ...SERVICE,
    name: 'weir-api',
    parameters: { DataKeyArn: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/weir/key' } },
    resources: {
      Users: {
        Type: 'AWS::DynamoDB::Table',
        Properties: { TableName: 'users', SSESpecification: { KMSMasterKeyId: { Ref: 'DataKeyArn' } } },
      },
      Archive: {
        Type: 'AWS::S3::Bucket',
        Properties: { BucketName: 'archive', BucketEncryption: encrypted({ Ref: 'DataKeyArn' }) },
      },
    },
    functions: { erase: { name: 'weir-api-local-erase', timeoutSeconds: 6, events: [], statements } },
  };
}

const signed = (service: string, more: Record<string, string> = {}) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=weirapierase/20260101/us-east-1/${service}/aws4_request`,
  ...more,
});

/** What a role that allows everything but some uses of keys lacks for a call. */
function lackOf(uses: readonly string[], make: (rights: ReturnType<typeof createRights>) => string | undefined) {
  const rights = createRights(() => {});
  const services = ['dynamodb', 'kinesis', 's3', 'secretsmanager', 'sns', 'sqs'].map((service) => `${service}:*`);
  const all = { Effect: 'Allow', Action: services, Resource: '*' };
  const keys = { Effect: 'Allow', Action: uses.map((use) => `kms:${use}`), Resource: { Ref: 'DataKeyArn' } };
  rights.learn(registrationOf([all, keys]), 'http://door');
  rights.learn(OWNER, 'http://door');
  return make(rights);
}

describe('a call that touches what a key encrypts', () => {
  const json: readonly [service: string, target: string, body: object, uses: readonly string[]][] = [
    ['dynamodb', 'DynamoDB_20120810.GetItem', { TableName: 'users' }, ['Decrypt']],
    ['dynamodb', 'DynamoDB_20120810.PutItem', { TableName: 'users' }, ['Decrypt']],
    ['dynamodb', 'DynamoDB_20120810.Query', { TableName: 'users', IndexName: 'by-mail' }, ['Decrypt']],
    ['dynamodb', 'DynamoDB_20120810.DescribeTable', { TableName: 'users' }, []],
    ['kinesis', 'Kinesis_20131202.PutRecords', { StreamName: 'events' }, ['GenerateDataKey']],
    ['kinesis', 'Kinesis_20131202.ListShards', { StreamName: 'events' }, []],
    ['sqs', 'AmazonSQS.SendMessage', { QueueUrl: 'http://x/0/mails' }, ['GenerateDataKey', 'Decrypt']],
    ['sqs', 'AmazonSQS.ReceiveMessage', { QueueUrl: 'http://x/0/mails' }, ['Decrypt']],
    ['sqs', 'AmazonSQS.DeleteMessage', { QueueUrl: 'http://x/0/mails' }, []],
    ['sqs', 'AmazonSQS.SendMessage', { QueueUrl: 'http://x/0/plain' }, []],
    ['secretsmanager', 'secretsmanager.GetSecretValue', { SecretId: 'cursor' }, ['Decrypt']],
  ];
  for (const [service, target, body, uses] of json) {
    it(`needs ${uses.join(' and ') || 'nothing'} of the key for ${target} ${JSON.stringify(body)}`, () => {
      const head = { method: 'POST', target: '/', headers: signed(service, { 'x-amz-target': target }) };
      const { call, json } = describeCall(head, Buffer.from(JSON.stringify(body)));
      expectUses(uses, (rights) => rights.missing(call, json));
    });
  }

  it('needs both to publish', () => {
    const headers = signed('sns', { 'content-type': 'application/x-www-form-urlencoded' });
    const body = Buffer.from('Action=Publish&TopicArn=arn:aws:sns:us-east-1:000000000000:alerts');
    const { call, json } = describeCall({ method: 'POST', target: '/', headers }, body);
    expectUses(['GenerateDataKey', 'Decrypt'], (rights) => rights.missing(call, json));
  });

  const objects: readonly [
    method: string,
    target: string,
    uses: readonly string[],
    headers?: Record<string, string>,
  ][] = [
    ['GET', '/archive/a', ['Decrypt']],
    ['HEAD', '/archive/a', []],
    ['HEAD', '/archive/a', ['Decrypt'], { 'x-amz-checksum-mode': 'ENABLED' }],
    ['PUT', '/archive/a', ['GenerateDataKey']],
    ['PUT', '/archive/a', [], { 'x-amz-server-side-encryption': 'AES256' }],
    ['PUT', '/other/a', ['GenerateDataKey'], { 'x-amz-server-side-encryption-aws-kms-key-id': 'alias/data' }],
    ['PUT', '/other/a', ['Decrypt'], { 'x-amz-copy-source': '/archive/b' }],
    ['POST', '/archive/a?uploads', ['GenerateDataKey']],
    ['PUT', '/archive/a?uploadId=u&partNumber=1', ['Decrypt']],
    ['DELETE', '/archive/a', []],
    ['GET', '/archive?list-type=2', []],
  ];
  for (const [method, target, uses, more] of objects) {
    it(`needs ${uses.join(' and ') || 'nothing'} of the key for ${method} ${target} ${JSON.stringify(more ?? {})}`, () => {
      const head = { method, target, headers: signed('s3', more) };
      const { call, address } = describeS3Call(head);
      expectUses(uses, (rights) => rights.missingOfS3(call, { address, head }));
    });
  }

  it('needs Decrypt of what an event source reads', () => {
    const needs = [{ action: 'kinesis:GetRecords', resource: 'arn:aws:kinesis:us-east-1:000000000000:stream/events' }];
    expectUses(['Decrypt'], (rights) => rights.checkOf('weirapierase')(needs));
  });

  it('needs no key while the service that declares it has not started', () => {
    const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/users';
    const rights = createRights(() => {});
    rights.learn(registrationOf([{ Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: '*' }]), 'http://door');
    const missing = () => rights.checkOf('weirapierase')([{ action: 'dynamodb:GetItem', resource: table }]);
    expect(missing()).to.equal(undefined);
    rights.learn(OWNER, 'http://door');
    expect(missing()).to.include('kms:Decrypt');
  });
});

/** Passes with these uses, and lacks each of them without it. */
function expectUses(uses: readonly string[], make: (rights: ReturnType<typeof createRights>) => string | undefined) {
  expect(lackOf(uses, make)).to.equal(undefined);
  for (const use of uses) {
    const others = ['Encrypt', ...uses.filter((other) => other !== use)];
    expect(lackOf(others, make)).to.equal(`the role of weir-api-local-erase does not allow kms:${use} on ${ARN}`);
  }
}
