import { expect } from 'chai';
import { describeCall } from '../../../aws-calls/describe-call.ts';
import type { TemplateFacts } from '../facts/template-facts.ts';
import { callNeeds } from './call-needs.ts';

const FACTS: TemplateFacts = {
  keyOf: () => undefined,
  keyArn: (key) => `arn:key:${key}`,
  secrets: new Set(['weir-local-cursor-secret']),
  mailIdentities: new Set(['reports@example.com', 'example.org']),
  socketStage: 'local',
};

function needsOf(
  service: string,
  head: { target?: string; path?: string; method?: string },
  body: object | string = {},
) {
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=f/20260101/us-east-1/${service}/aws4_request`,
    ...(head.target !== undefined && { 'x-amz-target': head.target }),
    ...(typeof body === 'string' && { 'content-type': 'application/x-www-form-urlencoded' }),
  };
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const { call, json } = describeCall({ method: head.method ?? 'POST', target: head.path ?? '/', headers }, bytes);
  const needs = callNeeds(call, json ?? {}, FACTS);
  return needs?.map(({ action, resource }) => `${action} ${resource?.replace('us-east-1:000000000000', '_') ?? 'any'}`);
}

const STREAM = 'arn:aws:dynamodb:ddblocal:000000000000:table/notes/stream/2026-01-01T00:00:00.000';
const SECRET = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:weir-local-cursor-secret';
const EXECUTION = 'arn:aws:states:us-east-1:000000000000:execution:m:e';

describe('what a call needs', () => {
  const raw = Buffer.from('To: a@b.c\r\nFrom: "Weir" <alerts@example.org>\r\n\r\nFrom: x@y.z').toString('base64');
  const mails = { path: '/v2/email/outbound-emails' };
  const table: readonly (readonly [Parameters<typeof needsOf>, readonly string[] | undefined])[] = [
    [
      ['dynamodb', { target: 'DynamoDBStreams_20120810.GetShardIterator' }, { StreamArn: STREAM }],
      ['dynamodb:GetShardIterator arn:aws:dynamodb:_:table/notes/stream/local'],
    ],
    [
      ['dynamodb', { target: 'DynamoDBStreams_20120810.GetRecords' }, { ShardIterator: 'opaque' }],
      ['dynamodb:GetRecords any'],
    ],
    [['kinesis', { target: 'Kinesis_20131202.GetRecords' }, { ShardIterator: 'x' }], ['kinesis:GetRecords any']],
    [
      ['lambda', { path: '/2015-03-31/functions/weir-local-a/invocations' }],
      ['lambda:InvokeFunction arn:aws:lambda:_:function:weir-local-a'],
    ],
    [
      ['lambda', { path: `/2015-03-31/functions/${encodeURIComponent('arn:aws:lambda:r:0:function:a')}/invocations` }],
      ['lambda:InvokeFunction arn:aws:lambda:_:function:a'],
    ],
    [['lambda', { path: '/2015-03-31/functions' }], undefined],
    [
      ['events', { target: 'AWSEvents.PutEvents' }, { Entries: [{}, { EventBusName: 'own' }, {}] }],
      ['events:PutEvents arn:aws:events:_:event-bus/default', 'events:PutEvents arn:aws:events:_:event-bus/own'],
    ],
    [
      ['sns', {}, 'Action=Publish&TopicArn=arn:aws:sns:us-east-1:000000000000:alerts'],
      ['sns:Publish arn:aws:sns:_:alerts'],
    ],
    [
      ['sqs', { target: 'AmazonSQS.ChangeMessageVisibilityBatch' }, { QueueUrl: 'http://x/0/q' }],
      ['sqs:ChangeMessageVisibility arn:aws:sqs:_:q'],
    ],
    [
      ['ses', mails, { FromEmailAddress: 'Weir <reports@example.com>' }],
      ['ses:SendEmail arn:aws:ses:_:identity/reports@example.com'],
    ],
    [
      ['ses', mails, { FromEmailAddress: 'other@example.com', ConfigurationSetName: 'own' }],
      ['ses:SendEmail arn:aws:ses:_:identity/example.com', 'ses:SendEmail arn:aws:ses:_:configuration-set/own'],
    ],
    [['ses', mails, { Content: { Raw: { Data: raw } } }], ['ses:SendEmail arn:aws:ses:_:identity/example.org']],
    [['ses', mails, {}], undefined],
    [['ses', { path: '/v2/email/identities' }], undefined],
    [
      ['execute-api', { path: '/local/@connections/abc%3D' }],
      ['execute-api:ManageConnections arn:aws:execute-api:_:WebsocketsApi/local/POST/@connections/abc='],
    ],
    [
      ['execute-api', { path: '/@connections/abc%3D', method: 'DELETE' }],
      ['execute-api:ManageConnections arn:aws:execute-api:_:WebsocketsApi/local/DELETE/@connections/abc='],
    ],
    [
      ['secretsmanager', { target: 'secretsmanager.GetSecretValue' }, { SecretId: SECRET }],
      ['secretsmanager:GetSecretValue arn:aws:secretsmanager:_:secret:weir-local-cursor-secret-local0'],
    ],
    [
      ['secretsmanager', { target: 'secretsmanager.GetSecretValue' }, { SecretId: `${SECRET}-aB3dE6` }],
      ['secretsmanager:GetSecretValue arn:aws:secretsmanager:_:secret:weir-local-cursor-secret-local0'],
    ],
    [
      ['ssm', { target: 'AmazonSSM.GetParameters' }, { Names: ['/a/b', 'c'] }],
      ['ssm:GetParameters arn:aws:ssm:_:parameter/a/b', 'ssm:GetParameters arn:aws:ssm:_:parameter/c'],
    ],
    [
      ['states', { target: 'AWSStepFunctions.StopExecution' }, { executionArn: EXECUTION }],
      ['states:StopExecution arn:aws:states:_:execution:m:e'],
    ],
    [['kms', { target: 'TrentService.Encrypt' }, { KeyId: 'k' }], ['kms:Encrypt arn:key:k']],
    [['kms', { target: 'TrentService.Decrypt' }], ['kms:Decrypt any']],
    [['kms', { target: 'TrentService.ScheduleKeyDeletion' }, { KeyId: 'k' }], undefined],
    [['sts', {}, 'Action=GetCallerIdentity'], []],
    [['sts', {}, 'Action=AssumeRole'], undefined],
    [['glue', { target: 'AWSGlue.GetTable' }], undefined],
  ];
  for (const [call, needs] of table) {
    it(`is ${needs?.join(', ') ?? 'not known'} for ${JSON.stringify(call)}`, () => {
      expect(needsOf(...call)).to.deep.equal(needs);
    });
  }
});
