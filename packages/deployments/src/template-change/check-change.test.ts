/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation's, not ours */

import { expect } from 'chai';
import { checkChange } from './check-change.ts';
import type { Properties, Resource, Template } from './comparison/template.ts';

const KEPT = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };
const HASH = [{ AttributeName: 'pk', KeyType: 'HASH' }];
const LOGS = { 'Fn::Sub': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/weir-*' };

const index = (IndexName: string, ProjectionType = 'ALL') => ({
  ...{ IndexName, KeySchema: HASH, Projection: { ProjectionType } },
});
const of = (Type: string, Properties: Properties, rest: Partial<Resource> = {}): Resource => ({
  Type: `AWS::${Type}`,
  Properties,
  ...rest,
});

/** A small service with one resource for each rule. */
const BEFORE: Template = {
  Parameters: { Key: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/weir/dev/key' } },
  Conditions: { Mails: { 'Fn::Not': [{ 'Fn::Equals': ['', ''] }] } },
  Resources: {
    Table: of(
      'DynamoDB::Table',
      {
        ...{ TableName: 'weir-dev-rows', KeySchema: HASH, GlobalSecondaryIndexes: [index('due')] },
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        OnDemandThroughput: { MaxWriteRequestUnits: 900 },
      },
      KEPT,
    ),
    Events: of('Kinesis::Stream', { Name: 'weir-dev-events', ShardCount: 2 }, KEPT),
    Queue: of('SQS::Queue', { QueueName: 'weir-dev-mails' }),
    Unnamed: of('SQS::Queue', {}),
    DataKey: of('KMS::Key', {
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyPolicy: { Statement: [{ Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': [LOGS] } } }] },
    }),
    Read: of('Lambda::Function', { FunctionName: 'weir-read', PackageType: 'Zip', Timeout: 5 }),
    ReadLogs: of('Logs::LogGroup', { LogGroupName: '/aws/lambda/weir-read', KmsKeyId: { Ref: 'Key' } }),
    Role: of('IAM::Role', { Path: '/' }),
    WriteRole: of('IAM::Role', { Path: '/' }),
    Write: of('Lambda::Function', { FunctionName: 'weir-write', Role: { 'Fn::GetAtt': ['WriteRole', 'Arn'] } }),
    Version1: of('Lambda::Version', { FunctionName: { Ref: 'Write' } }),
    Mapping: of('Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
      FunctionName: { Ref: 'Read' },
      StartingPosition: 'TRIM_HORIZON',
    }),
    StreamArn: of('SSM::Parameter', { Name: '/weir/dev/stream', Value: { 'Fn::GetAtt': ['Table', 'StreamArn'] } }),
    Topic: of('SNS::Topic', { TopicName: 'weir-dev-ready' }),
    Subscription: of('SNS::Subscription', { TopicArn: { Ref: 'Topic' }, Protocol: 'sqs', Endpoint: { Ref: 'Queue' } }),
    Api: of('ApiGateway::RestApi', { Name: 'dev-api' }),
    Path: of('ApiGateway::Resource', {
      PathPart: 'v1',
      ParentId: { 'Fn::GetAtt': 'Api.RootResourceId' },
      RestApiId: { Ref: 'Api' },
    }),
    Get: of('ApiGateway::Method', { HttpMethod: 'GET', ResourceId: { Ref: 'Path' }, RestApiId: { Ref: 'Api' } }),
    Deployment1: of('ApiGateway::Deployment', { RestApiId: { Ref: 'Api' }, StageName: 'dev' }, { DependsOn: ['Get'] }),
    Written: of('ApiGateway::RestApi', { Name: 'dev-written', Body: { paths: {} } }),
    WrittenDeployment1: of('ApiGateway::Deployment', { RestApiId: { Ref: 'Written' } }),
    Mail: of('SES::EmailIdentity', { EmailIdentity: '' }, { Condition: 'Mails' }),
  },
  Outputs: { Url: { Value: { Ref: 'Api' }, Export: { Name: 'weir-dev-url' } } },
};

const READER: Template = {
  Parameters: { Stream: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/weir/dev/stream' } },
  Resources: {
    Url: of('SSM::Parameter', { Value: { 'Fn::ImportValue': 'weir-dev-url' } }),
    Send: of('Lambda::Function', { Environment: { Variables: { QUEUE: 'weir-dev-mails', OTHER: 'weir-dev-rows-2' } } }),
    Elsewhere: of('S3::Bucket', { BucketName: 'weir-dev-files' }),
  },
};

type Resources = Record<string, Resource>;
type Edit = (template: { -readonly [Name in keyof Template]: Template[Name] } & { Resources: Resources }) => void;

/** Sets properties of a resource. */
const set =
  (id: string, properties: Properties, rest: Partial<Resource> = {}): Edit =>
  ({ Resources }) => {
    const was = Resources[id] as Resource;
    Resources[id] = { ...was, ...rest, Properties: { ...was.Properties, ...properties } };
  };
const add =
  (id: string, resource: Resource): Edit =>
  ({ Resources }) => {
    Resources[id] = resource;
  };
const drop =
  (id: string): Edit =>
  ({ Resources }) => {
    delete Resources[id];
  };
const rename =
  (id: string, to: string): Edit =>
  ({ Resources }) => {
    Resources[to] = Resources[id] as Resource;
    delete Resources[id];
  };
const both =
  (...edits: readonly Edit[]): Edit =>
  (template) => {
    for (const edit of edits) edit(template);
  };

function findings(...edits: readonly Edit[]): string[] {
  const after = structuredClone(BEFORE) as Parameters<Edit>[0];
  both(...edits)(after);
  const found = checkChange(BEFORE, after as Template, [READER]);
  return found.map(({ rule, where, effect }) => `${rule} ${where} ${effect}`);
}

const deploy = rename('Deployment1', 'Deployment2');
const route = add(
  'Post',
  of('ApiGateway::Method', { HttpMethod: 'POST', ResourceId: { Ref: 'Path' }, RestApiId: { Ref: 'Api' } }),
);
const stage = add('Stage', of('ApiGateway::Stage', { RestApiId: { Ref: 'Api' }, StageName: 'dev' }));

/** A change with what it breaks, and one like it that breaks nothing. */
const RULES: readonly (readonly [string, Edit, readonly string[], Edit])[] = [
  [
    'what is named cannot be made anew beside itself',
    set('Table', { KeySchema: [...HASH, { AttributeName: 'sk', KeyType: 'RANGE' }] }),
    ['named-replacement Table refused'],
    set('Table', { BillingMode: 'PAY_PER_REQUEST' }),
  ],
  [
    'an attribute of a table keeps its type',
    set('Table', { AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'N' }] }),
    ['named-replacement Table refused'],
    set('Table', {
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    }),
  ],
  [
    'a function stays a zip or an image',
    set('Read', { PackageType: 'Image' }),
    ['named-replacement Read refused'],
    set('Read', { Timeout: 9 }),
  ],
  [
    'data is lost when what holds it is made anew',
    set('Unnamed', { FifoQueue: true }),
    ['data-lost Unnamed lost'],
    set('Unnamed', { VisibilityTimeout: 30 }),
  ],
  ['data is lost with the logical id', rename('Unnamed', 'Nameless'), ['data-removed Unnamed lost'], drop('Role')],
  [
    'another name is another thing, and others still use the old name',
    set('Queue', { QueueName: 'weir-dev-mail' }),
    ['data-lost Queue lost', 'still-named Queue lost'],
    set('Queue', { VisibilityTimeout: 30 }),
  ],
  [
    'what is named cannot have two logical ids at once',
    both(rename('Events', 'Stream'), rename('Topic', 'Ready'), set('Subscription', { TopicArn: { Ref: 'Ready' } })),
    [
      ...['same-thing Stream refused', 'same-thing Ready refused'],
      ...['data-removed Events lost', 'address-removed Topic lost'],
    ],
    set('Topic', { DisplayName: 'Ready' }),
  ],
  [
    'a part that AWS knows by what it joins cannot have two logical ids at once',
    both(rename('Subscription', 'Subscribed'), rename('Mapping', 'Mapped'), rename('Get', 'Read1'), deploy),
    [
      ...['same-thing Subscribed refused', 'same-thing Mapped refused', 'same-thing Read1 refused'],
      'snapshot-early Deployment2 lost',
    ],
    both(deploy, set('Deployment2', {}, { DependsOn: 'Get' })),
  ],
  [
    'what is made anew has new parts, whatever their logical ids',
    both(set('Topic', { TopicName: 'weir-dev-done' }), rename('Subscription', 'Subscribed')),
    ['address-lost Topic lost'],
    rename('Deployment1', 'Deployment2'),
  ],
  [
    'a resource that another stack has is removed there first',
    add('Files', of('S3::Bucket', { BucketName: 'weir-dev-files' })),
    ['other-stack Files refused'],
    add('Files', of('S3::Bucket', { BucketName: { 'Fn::Sub': 'weir-dev-files-${AWS::StackName}' } })),
  ],
  ['a logical id keeps its type', add('Role', of('SNS::Topic', {})), ['other-type Role refused'], drop('Role')],
  [
    'some properties never change',
    set('DataKey', { KeySpec: 'RSA_2048' }),
    ['never-changes DataKey refused'],
    set('DataKey', { EnableKeyRotation: true }),
  ],
  [
    'an update adds or removes one global index',
    set('Table', { GlobalSecondaryIndexes: [index('owner')] }),
    ['one-index Table refused'],
    set('Table', { GlobalSecondaryIndexes: [index('due'), index('owner')] }),
  ],
  [
    'a global index keeps its keys and projection',
    set('Table', { GlobalSecondaryIndexes: [index('due', 'KEYS_ONLY')] }),
    ['index-changes Table refused'],
    set('Table', { GlobalSecondaryIndexes: [{ ...index('due'), OnDemandThroughput: { MaxReadRequestUnits: 9 } }] }),
  ],
  [
    "a table's stream is another one when it changes, for whoever reads it too",
    set('Table', { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } }),
    ['mapping-restarts Mapping lost', 'stream-changes Table lost', 'parameter-moves StreamArn lost'],
    set('Mapping', { BatchSize: 5 }),
  ],
  [
    'a mapping that is made anew begins anew',
    set('Mapping', { EventSourceArn: { 'Fn::GetAtt': ['Events', 'Arn'] } }),
    ['mapping-restarts Mapping lost'],
    set('Mapping', { ParallelizationFactor: 2 }),
  ],
  [
    'the same stream has one mapping to a function',
    set('Mapping', { StartingPosition: 'LATEST' }),
    ['named-replacement Mapping refused'],
    set('Mapping', { MaximumRetryAttempts: 3 }),
  ],
  [
    'the attribute that expires items is turned off first',
    set('Table', { TimeToLiveSpecification: { AttributeName: 'until', Enabled: true } }),
    ['expiry-changes Table refused'],
    set('Table', { TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: false } }),
  ],
  [
    'a table keeps its bound until somebody takes it away',
    set('Table', { OnDemandThroughput: undefined }),
    ['bound-stays Table limited'],
    set('Table', { OnDemandThroughput: { MaxWriteRequestUnits: 500 } }),
  ],
  [
    'the mode of a stream changes twice a day',
    set('Events', { StreamModeDetails: { StreamMode: 'ON_DEMAND' } }),
    ['stream-mode Events limited'],
    set('Events', { StreamModeDetails: { StreamMode: 'PROVISIONED' } }),
  ],
  [
    'shards are at most doubled',
    set('Events', { ShardCount: 5 }),
    ['stream-shards Events refused'],
    set('Events', { ShardCount: 4 }),
  ],
  [
    'a deployment is made anew when a route is added',
    both(route, set('Deployment1', {}, { DependsOn: ['Get', 'Post'] })),
    ['snapshot-old Deployment1 lost'],
    both(route, deploy, set('Deployment2', {}, { DependsOn: ['Get', 'Post'] })),
  ],
  [
    'a deployment comes after what it is a snapshot of',
    both(route, deploy),
    ['snapshot-early Deployment2 lost'],
    both(deploy, set('Deployment2', { Description: 'second' })),
  ],
  [
    'a deployment is made anew when the document of its API changes',
    set('Written', { Body: { paths: { '/v1': {} } } }),
    ['snapshot-old WrittenDeployment1 lost'],
    both(set('Written', { Body: { paths: { '/v1': {} } } }), rename('WrittenDeployment1', 'WrittenDeployment2')),
  ],
  [
    'an API has nothing beside its document',
    add('Beside', of('ApiGateway::Resource', { PathPart: 'v2', RestApiId: { Ref: 'Written' } })),
    ['beside-body Written lost'],
    add('Beside', of('ApiGateway::Stage', { StageName: 'dev', RestApiId: { Ref: 'Written' } })),
  ],
  [
    'a document does not take over from resources at once',
    both(set('Api', { Body: {} }), drop('Get'), drop('Path'), deploy),
    ['body-over-parts Api lost'],
    both(set('Get', {}, { DeletionPolicy: 'Retain' }), set('Api', { Description: 'Its paths stay' })),
  ],
  [
    'a stage that exists takes no description',
    both(deploy, set('Deployment2', { StageDescription: { TracingEnabled: true } })),
    ['stage-description Deployment2 refused'],
    both(deploy, set('Deployment2', { StageName: 'new', StageDescription: { TracingEnabled: true } })),
  ],
  [
    'a stage that a deployment made is there',
    both(stage, deploy, set('Deployment2', { StageName: undefined })),
    ['stage-exists Stage refused'],
    both(stage, set('Stage', { StageName: 'new' })),
  ],
  [
    'what another stack imports stays as it is',
    (template) => {
      template.Outputs = {};
    },
    ['export-used Url refused'],
    (template) => {
      template.Outputs = { ...template.Outputs, More: { Value: '1', Export: { Name: 'weir-dev-more' } } };
    },
  ],
  [
    'what another stack reads stays',
    set('StreamArn', { Name: '/weir/dev/events' }),
    ['parameter-read StreamArn refused'],
    set('StreamArn', { Description: 'A stream' }),
  ],
  [
    'a parameter has a default',
    (template) => {
      template.Parameters = { ...template.Parameters, New: { Type: 'String' } };
    },
    ['no-value New refused'],
    (template) => {
      template.Parameters = { ...template.Parameters, New: { Type: 'String', Default: '' } };
    },
  ],
  [
    'what a failed update has made goes',
    add('More', of('SQS::Queue', { QueueName: 'more' }, { DeletionPolicy: 'Retain' })),
    ['stays-after-rollback More refused'],
    add('More', of('SQS::Queue', { QueueName: 'more' }, KEPT)),
  ],
  [
    'a new table is not protected before the deployment is over',
    add('More', of('DynamoDB::Table', { TableName: 'more', DeletionProtectionEnabled: true })),
    ['stays-after-rollback More refused'],
    add('More', of('DynamoDB::Table', { TableName: 'more' })),
  ],
  [
    'policies change with something else',
    set('Queue', {}, KEPT),
    ['policy-alone Queue limited'],
    both(set('Queue', {}, KEPT), set('Read', { Timeout: 9 })),
  ],
  [
    'CloudFormation names roles',
    set('Role', { RoleName: 'weir-dev-read' }),
    ['role-name Role lost'],
    set('Role', { Description: 'Reads' }),
  ],
  [
    'a published version keeps the role that its function had',
    set('WriteRole', { Path: '/weir/dev/' }),
    ['version-keeps-old Version1 lost'],
    both(set('WriteRole', { Path: '/weir/dev/' }), rename('Version1', 'Version2')),
  ],
  [
    "the key's policy names the log group",
    add('Logs', of('Logs::LogGroup', { LogGroupName: '/aws/states/weir-x', KmsKeyId: { Ref: 'Key' } })),
    ['log-group-key Logs refused'],
    add('Logs', of('Logs::LogGroup', { LogGroupName: '/aws/lambda/weir-x', KmsKeyId: { Ref: 'Key' } })),
  ],
  [
    'what a condition leaves out is not there',
    both(set('Mail', { EmailIdentity: 'a.example' }, { Condition: 'Always' }), drop('Api')),
    ['address-removed Api lost'],
    set('Mail', { EmailIdentity: 'a.example' }, { Condition: 'Always' }),
  ],
];

describe('the change from one template to the next', () => {
  it('breaks nothing when there is none', () => {
    expect(findings()).to.deep.equal([]);
  });

  for (const [name, breaks, expected, passes] of RULES) {
    it(name, () => {
      expect(findings(breaks)).to.deep.equal(expected);
      expect(findings(passes)).to.deep.equal([]);
    });
  }

  it('is told in sentences that say what to do', () => {
    const after = { ...BEFORE, Resources: { ...BEFORE.Resources, Role: of('SNS::Topic', {}) } };
    const message = 'AWS::IAM::Role cannot become AWS::SNS::Topic: give the new resource another logical id';
    expect(checkChange(BEFORE, after)).to.deep.equal([
      { rule: 'other-type', where: 'Role', effect: 'refused', message },
    ]);
  });
});
