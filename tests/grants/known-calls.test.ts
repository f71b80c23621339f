import {
  callNeeds,
  deletionNeeds,
  knownCalls,
  knownS3Calls,
  type Need,
  s3Needs,
  sendNeeds,
  sourceNeeds,
  withKeyNeeds,
} from '@weir/local/rights';
import { expect } from 'chai';
import { unknownPart } from './known-permission.ts';

const PLACE = 'us-east-1:000000000000';
const FACTS = {
  keyOf: () => `arn:aws:kms:${PLACE}:key/k`,
  keyArn: () => `arn:aws:kms:${PLACE}:key/k`,
  ...{ secrets: new Set<string>(), mailIdentities: new Set<string>(), socketStage: 'local' },
};
const CALL = { resource: 'name', caller: 'f', region: 'us-east-1', format: 'json', requestBytes: 0 } as const;

/** A body that names whatever a call may name. */
function bodyOf(action: string): Record<string, unknown> {
  const machine = `arn:aws:states:${PLACE}:stateMachine:m`;
  const execution = `arn:aws:states:${PLACE}:execution:m:e`;
  return {
    StreamArn: `arn:aws:dynamodb:${PLACE}:table/t/stream/x`,
    ...(/^((Describe|Stop)Execution|GetExecutionHistory)$/.test(action)
      ? { executionArn: execution }
      : { stateMachineArn: machine }),
    ...{ SecretId: 's', Name: '/p', KeyId: 'k', Entries: [{}], logGroupName: '/g', logStreamName: 's' },
    ...{ FromEmailAddress: 'a@example.com', ConfigurationSetName: 'set' },
  };
}

function called(): readonly Need[] {
  const tables = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'DescribeTable'];
  const parts = ['Put', 'Update', 'Delete', 'ConditionCheck', 'Get'];
  const statements = ['SELECT * FROM "t"', 'INSERT INTO "t" VALUE {}', 'UPDATE "t" SET "a" = 1', 'DELETE FROM "t"'];
  const calls: readonly (readonly [service: string, action: string, body: object])[] = [
    ...knownCalls().map(([service, action]) => [service, action, bodyOf(action)] as const),
    ...tables.map((action) => ['dynamodb', action, { TableName: 't' }] as const),
    ['dynamodb', 'Query', { TableName: 't', IndexName: 'i' }],
    ['dynamodb', 'BatchGetItem', { RequestItems: { t: {} } }],
    ['dynamodb', 'BatchWriteItem', { RequestItems: { t: {} } }],
    ['dynamodb', 'TransactWriteItems', { TransactItems: parts.map((part) => ({ [part]: { TableName: 't' } })) }],
    ['dynamodb', 'BatchExecuteStatement', { Statements: statements.map((Statement) => ({ Statement })) }],
    ['execute-api', 'PostToConnection', {}],
    ['ses', 'POST /v2/email/outbound-emails', bodyOf('')],
  ];
  return calls.flatMap(([service, action, body]) => {
    const needs = callNeeds({ ...CALL, service, action }, body as Record<string, unknown>, FACTS);
    if (needs === undefined) throw new Error(`${service}:${action} is not known`);
    return needs;
  });
}

function ofObjects(): readonly Need[] {
  const head = { method: 'GET', target: '/b/k', headers: { 'x-amz-server-side-encryption-aws-kms-key-id': 'k' } };
  const target = '/b/k?versionId=v';
  return [
    ...knownS3Calls().flatMap(
      (action) => s3Needs({ action, bucket: 'b', key: 'k', target: '/b/k' }, head, FACTS) ?? [],
    ),
    ...(s3Needs({ action: 'GetObject', bucket: 'b', key: 'k', target }, { ...head, target }, FACTS) ?? []),
    ...[undefined, 'v'].flatMap((version) => deletionNeeds('b', 'k', version)),
  ];
}

function acting(): readonly Need[] {
  return [
    ...sourceNeeds('kinesis', `arn:aws:kinesis:${PLACE}:stream/s`),
    ...sourceNeeds('dynamodb', `arn:aws:dynamodb:${PLACE}:table/t/stream/local`),
    ...sourceNeeds('sqs', `arn:aws:sqs:${PLACE}:q`),
    ...['arn:aws:s3:::b', `arn:aws:sns:${PLACE}:t`, `arn:aws:sqs:${PLACE}:q`].flatMap((arn) => sendNeeds(arn, 'k')),
    ...sendNeeds(`arn:aws:lambda:${PLACE}:function:f`),
  ];
}

describe('the permissions that calls need', () => {
  it('exist in IAM, and take the resources and condition keys that the calls have', async () => {
    const needs = withKeyNeeds([...called(), ...ofObjects(), ...acting()], FACTS);
    const problems = await Promise.all(
      needs.map((need) => unknownPart({ ...need, conditionKeys: Object.keys(need.context ?? {}) })),
    );
    expect([...new Set(problems)]).to.deep.equal([undefined]);
  });
});

describe('what IAM knows', () => {
  const table: readonly (readonly [...Parameters<typeof unknownPart>, string | undefined])[] = [
    [{ action: 's3:GetObject', resource: 'arn:aws:s3:::b/*' }, undefined],
    [{ action: 'logs:PutLogEvents', resource: 'arn:aws:logs:us-east-1:0:log-group:/aws/lambda/f:*:*' }, undefined],
    [{ action: 's3:HeadObject', resource: '*' }, 'there is no action s3:HeadObject'],
    [
      { action: 's3:ListBucket', resource: 'arn:aws:sqs:us-east-1:0:q' },
      's3:ListBucket takes accesspoint or bucket, and not arn:aws:sqs:us-east-1:0:q',
    ],
    [{ action: 's3:ListBucket', resource: '*', conditionKeys: ['s3:prefix'] }, undefined],
    [
      { action: 's3:GetObject', resource: '*', conditionKeys: ['s3:prefix'] },
      's3:GetObject takes no condition key s3:prefix',
    ],
  ];
  for (const [permission, problem] of table) {
    it(`is ${problem ?? 'all'} of ${JSON.stringify(permission)}`, async () => {
      expect(await unknownPart(permission)).to.equal(problem);
    });
  }
});
