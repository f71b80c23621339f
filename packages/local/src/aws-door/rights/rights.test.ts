/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation's, not ours */

import { expect } from 'chai';
import { describeCall, describeS3Call } from '../../aws-calls/describe-call.ts';
import type { PolicyStatement, ServiceRegistration } from '../../registration/service-registration.ts';
import { createRights } from './rights.ts';

const REGISTRATION: Omit<ServiceRegistration, 'functions'> = {
  name: 'weir-api',
  stage: 'local',
  region: 'us-east-1',
  lambdaUrl: '',
  extensions: {},
  resources: {
    Archive: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'archive' } },
    Users: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'users' } },
    Cursor: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'cursor' } },
  },
};

/** The rights of a function whose role has these statements. */
function roleOf(...statements: readonly PolicyStatement[]) {
  const lines: string[] = [];
  const rights = createRights((line) => lines.push(line));
  const erase = { name: 'weir-api-local-erase', timeoutSeconds: 6, events: [], statements };
  rights.learn({ ...REGISTRATION, functions: { erase } }, 'http://127.0.0.1:4566');
  return { rights, lines };
}

function headers(service: string, target?: string) {
  const authorization = `AWS4-HMAC-SHA256 Credential=weirapierase/20260101/us-east-1/${service}/aws4_request`;
  return { authorization, ...(target && { 'x-amz-target': target }) };
}

function jsonCall(service: string, target: string, body: object) {
  return describeCall(
    { method: 'POST', target: '/', headers: headers(service, target) },
    Buffer.from(JSON.stringify(body)),
  );
}

const allow = (Action: string | string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource });

const USERS = { 'Fn::GetAtt': ['Users', 'Arn'] };
const ARCHIVE = { 'Fn::GetAtt': ['Archive', 'Arn'] };
const EVENTS = { 'Fn::Sub': '${Archive.Arn}/events/*' };

describe('the rights of a function', () => {
  const put = { Put: { TableName: 'users', Item: {} } };
  const check = { ConditionCheck: { TableName: 'users', Key: {} } };
  const statement = (Statement: string) => ({ Statement });
  const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:000000000000:${rest}`;
  /** Each call passes with this statement, and is refused with the statement of another action. */
  const table: readonly (readonly [service: string, target: string, body: object, granted: PolicyStatement])[] = [
    ...['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan'].map(
      (name) =>
        ['dynamodb', `DynamoDB_20120810.${name}`, { TableName: 'users' }, allow(`dynamodb:${name}`, USERS)] as const,
    ),
    [
      ...(['dynamodb', 'DynamoDB_20120810.Query'] as const),
      { TableName: arn('dynamodb', 'table/users'), IndexName: 'by-mail' },
      allow('dynamodb:Query', { 'Fn::Sub': '${Users.Arn}/index/by-mail' }),
    ],
    ...['BatchGetItem', 'BatchWriteItem'].map(
      (name) =>
        [
          ...(['dynamodb', `DynamoDB_20120810.${name}`] as const),
          { RequestItems: { users: {} } },
          allow(`dynamodb:${name}`, USERS),
        ] as const,
    ),
    [
      ...(['dynamodb', 'DynamoDB_20120810.TransactWriteItems'] as const),
      { TransactItems: [put, check] },
      allow(['dynamodb:PutItem', 'dynamodb:ConditionCheckItem'], USERS),
    ],
    ...(
      [
        ['Insert', 'INSERT INTO "users" VALUE {}'],
        ['Update', 'UPDATE "users" SET "a" = 1'],
        ['Delete', 'DELETE FROM "users"'],
        ['Select', 'SELECT * FROM "users" WHERE "a" = 1'],
      ] as const
    ).map(
      ([verb, text]) =>
        [
          ...(['dynamodb', 'DynamoDB_20120810.BatchExecuteStatement'] as const),
          { Statements: [statement(text)] },
          allow(`dynamodb:PartiQL${verb}`, USERS),
        ] as const,
    ),
    [
      ...(['dynamodb', 'DynamoDB_20120810.ExecuteStatement'] as const),
      statement('SELECT * FROM "users"."by-mail"'),
      allow('dynamodb:PartiQLSelect', { 'Fn::Sub': '${Users.Arn}/index/by-mail' }),
    ],
    [
      'kinesis',
      'Kinesis_20131202.PutRecords',
      { StreamName: 's' },
      allow('kinesis:PutRecords', arn('kinesis', 'stream/s')),
    ],
    [
      'kinesis',
      'Kinesis_20131202.ListShards',
      { NextToken: 'n' },
      allow('kinesis:ListShards', arn('kinesis', 'stream/s')),
    ],
    [
      'secretsmanager',
      's.GetSecretValue',
      { SecretId: 'cursor' },
      allow('secretsmanager:GetSecretValue', { Ref: 'Cursor' }),
    ],
    [
      ...(['secretsmanager', 's.PutSecretValue', { SecretId: arn('secretsmanager', 'secret:cursor-aB3dE6') }] as const),
      allow('secretsmanager:PutSecretValue', { Ref: 'Cursor' }),
    ],
    [
      ...(['secretsmanager', 's.GetSecretValue', { SecretId: arn('secretsmanager', 'secret:cursor') }] as const),
      allow('secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:cursor-??????')),
    ],
    ['ssm', 'AmazonSSM.GetParameter', { Name: '/a/b' }, allow('ssm:GetParameter', arn('ssm', 'parameter/a/b'))],
    [
      ...(['states', 'AWSStepFunctions.StartExecution', { stateMachineArn: arn('states', 'stateMachine:m') }] as const),
      allow('states:StartExecution', arn('states', 'stateMachine:m')),
    ],
    ['sqs', 'AmazonSQS.SendMessageBatch', { QueueUrl: 'http://x/0/q' }, allow('sqs:SendMessage', arn('sqs', 'q'))],
  ];
  for (const [service, target, body, granted] of table) {
    it(`let it call ${target} ${JSON.stringify(body)} only with ${granted.Action}`, () => {
      const { call, json } = jsonCall(service, target, body);
      expect(roleOf(granted).rights.missing(call, json)).to.equal(undefined);
      for (const action of [granted.Action ?? []].flat()) {
        const others = [granted.Action ?? []].flat().filter((other) => other !== action);
        const { rights, lines } = roleOf({ ...granted, Action: [...others, 'dynamodb:ListTables'] });
        expect(rights.missing(call, json)).to.contain(`weir-api-local-erase does not allow ${action} on`);
        expect(lines[0]).to.contain(action);
      }
      expect(roleOf({ ...granted, Resource: 'arn:aws:other' }).rights.missing(call, json) === undefined).to.equal(
        'NextToken' in body,
      );
    });
  }

  const objects: readonly [method: string, target: string, granted: PolicyStatement][] = [
    ['GET', '/archive/events/a', allow('s3:GetObject', EVENTS)],
    ['HEAD', '/archive/events/a', allow('s3:GetObject', EVENTS)],
    ['PUT', '/archive/events/a', allow('s3:PutObject', EVENTS)],
    ['POST', '/archive/events/a?uploads', allow('s3:PutObject', EVENTS)],
    ['PUT', '/archive/events/a?uploadId=u&partNumber=1', allow('s3:PutObject', EVENTS)],
    ['DELETE', '/archive/events/a', allow('s3:DeleteObject', EVENTS)],
    ['GET', '/archive/events/a?versionId=v', allow('s3:GetObjectVersion', EVENTS)],
    ['GET', '/archive?list-type=2&prefix=events%2F', allow('s3:ListBucket', ARCHIVE)],
    ['HEAD', '/archive', allow('s3:ListBucket', ARCHIVE)],
  ];
  for (const [method, target, granted] of objects) {
    it(`let it call S3 with ${method} ${target} only with ${granted.Action}`, () => {
      const head = { method, target, headers: headers('s3') };
      const { call, address } = describeS3Call(head);
      const missing = (statement: PolicyStatement) => roleOf(statement).rights.missingOfS3(call, { address, head });
      expect(missing(granted)).to.equal(undefined);
      expect(missing({ ...granted, Action: 's3:ListParts' })).to.contain(String(granted.Action));
      expect(missing({ ...granted, Resource: 'arn:aws:s3:::archive/lake/*' })).to.contain(String(granted.Action));
    });
  }

  it('compare the prefix of a list with the condition', () => {
    const { rights } = roleOf({
      ...allow('s3:ListBucket', ARCHIVE),
      Condition: { StringLike: { 's3:prefix': 'events/*' } },
    });
    const list = (prefix: string) => {
      const head = { method: 'GET', target: `/archive?list-type=2&prefix=${prefix}`, headers: headers('s3') };
      const { call, address } = describeS3Call(head);
      return rights.missingOfS3(call, { address, head });
    };
    expect(list('events/2026')).to.equal(undefined);
    expect(list('lake/')).to.match(/s3:ListBucket on arn:aws:s3:::archive with s3:prefix "lake\/"/);
    expect(rights.mayList('weirapierase', 'archive')).to.equal(false);
  });

  it('refuse a call that is not in the table, whatever the role says', () => {
    const { call, json } = jsonCall('dynamodb', 'DynamoDB_20120810.DeleteTable', { TableName: 'users' });
    expect(roleOf(allow('*', '*')).rights.missing(call, json)).to.match(/does not know which permission/);
  });

  it('do not bind a caller that is not a function, or a function whose role is not known', () => {
    const rights = createRights(() => {});
    rights.learn({ ...REGISTRATION, functions: { keys: { name: 'k', timeoutSeconds: 6, events: [] } } }, '');
    const { call, json } = jsonCall('dynamodb', 'DynamoDB_20120810.Query', { TableName: 'users' });
    for (const caller of ['tester', undefined, 'weirapikeys']) {
      expect(rights.missing({ ...call, caller }, json)).to.equal(undefined);
      expect(rights.mayList(caller, 'archive')).to.equal(true);
    }
  });

  it('are an error at registration if a role has something that is not known', () => {
    expect(() => roleOf({ ...allow('s3:*', '*'), Condition: { Bool: {} } })).to.throw(/weir-api-local-erase.*Bool/);
  });
});
