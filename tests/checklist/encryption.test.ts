import { expect } from 'chai';
import { checkedTemplates, type Templates } from './checked-templates.ts';
import { checkEncryption } from './encryption/check-encryption.ts';
import { type Break, findsBreaks, type Resources } from './finds-breaks.ts';

describe('the checklist: encryption', () => {
  let templates: Templates;
  before(() => {
    templates = checkedTemplates();
  });

  it("encrypts everything with the stage's key, whose policy lets in the services that write, and no others", () => {
    expect(checkEncryption(templates)).to.deep.equal([]);
  });

  const statementOf = (r: Resources, sid: string) =>
    r.DataKey?.Properties.KeyPolicy.Statement.find((statement: { readonly Sid: string }) => statement.Sid === sid);
  const logsOf = (r: Resources) =>
    statementOf(r, 'LogsAreWritten').Condition.ArnLike['kms:EncryptionContext:aws:logs:arn'];
  const roleStatements = (r: Resources, role: string) => r[role]?.Properties.Policies[0].PolicyDocument.Statement;

  /** The resource that is named, with what is said of it, once the service is broken so. */
  const breaks: readonly Break[] = [
    ...(
      [
        ['MetaLambdaFunction', 'api', 'KmsKeyArn'],
        ['KeysTable', 'api', 'SSESpecification'],
        ['UsersTable', 'api', 'SSESpecification', { SSEEnabled: true }],
        ['EventStream', 'ingest-stream', 'StreamEncryption'],
        ['ReportsBucket', 'reports', 'BucketEncryption', { ServerSideEncryptionConfiguration: [] }],
        ['Mails', 'notifications', 'KmsMasterKeyId', 'alias/aws/sqs'],
        ['ReportReady', 'reports', 'KmsMasterKeyId'],
        ['WorkLogGroup', 'reports', 'KmsKeyId'],
        ['CursorSecret', 'api', 'KmsKeyId'],
      ] as const
    ).map(([place, service, property, value]): Break => {
      const change = (r: Resources) => {
        if (r[place]) r[place].Properties[property] = value;
      };
      return [place, /is not encrypted with the stage's key/, service, change];
    }),
    [
      ...(['MetaLambdaFunction', /may not decrypt its environment/, 'api'] as const),
      (r) => roleStatements(r, 'MetaIamRoleLambdaExecution').pop(),
    ],
    [
      ...(['MetaLambdaFunction', /and only this/, 'api'] as const),
      (r) => delete roleStatements(r, 'MetaIamRoleLambdaExecution').at(-1).Condition,
    ],
    ['WorkLogGroup', /does not let logs\..*weir-reports-production-work$/, 'ingest-stream', (r) => logsOf(r).shift()],
    ['ApiAccessLogs', /does not let logs\..*weir-api-production-/, 'ingest-stream', (r) => logsOf(r).pop()],
    [
      ...(['WorkLogGroup', /does not let logs\./, 'ingest-stream'] as const),
      (r) => statementOf(r, 'LogsAreWritten').Action.pop(),
    ],
    [
      ...(['MailEvents', /does not let ses\..*mail-feedback$/, 'ingest-stream'] as const),
      (r) => statementOf(r, 'SesTellsTopic').Action.pop(),
    ],
    [
      ...(['ReportPartsSubscription', /does not let sns\..*report-parts$/, 'ingest-stream'] as const),
      (r) => delete statementOf(r, 'TopicsSendToQueues').Condition.ArnEquals,
    ],
    [
      ...(['NewAlarm', /does not let cloudwatch\..*report-ready$/, 'reports'] as const),
      add('NewAlarm', 'AWS::CloudWatch::Alarm', { AlarmActions: [{ Ref: 'ReportReady' }] }),
    ],
    [
      ...(['NewBucket', /does not let s3\./, 'notifications'] as const),
      add('NewBucket', 'AWS::S3::Bucket', {
        NotificationConfiguration: { QueueConfigurations: [{ Queue: { 'Fn::GetAtt': ['Mails', 'Arn'] } }] },
      }),
    ],
    [
      ...(['NewRule', /does not let events\./, 'reports'] as const),
      add('NewRule', 'AWS::Events::Rule', { Targets: [{ Id: 'topic', Arn: { Ref: 'ReportReady' } }] }),
    ],
    [
      ...(['DataKey', /statement SesTellsTopic lets in nobody/, 'ingest-stream'] as const),
      (r) => Object.assign(statementOf(r, 'SesTellsTopic').Principal, { Service: 's3.amazonaws.com' }),
    ],
    [
      ...(['DataKey', /waits for itself/, 'ingest-stream'] as const),
      (r) => r.DataKey && Object.assign(r.DataKey, { DependsOn: 'ConsumeLogGroup' }),
    ],
  ];
  findsBreaks(checkEncryption, () => templates, breaks);
});

function add(id: string, Type: string, Properties: object) {
  return (resources: Resources) => {
    resources[id] = { Type, Properties };
  };
}
