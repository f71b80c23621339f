/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation's, not ours */

import { expect } from 'chai';
import type { Template, TemplateResource } from '../account/template.ts';
import { createFakeAccount, type FakeAccountOptions } from '../testing/fake-account.ts';
import { findTakenNames, type TakenNames } from './find-taken-names.ts';

const KEPT = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };
const KEY = { 'Fn::GetAtt': ['Key', 'Arn'] };
const ARCHIVE = 'weir-production-archive-123456789012';

const TEMPLATE: Template = {
  Parameters: { Other: { Type: 'String' } },
  Resources: {
    Key: { Type: 'AWS::KMS::Key', ...KEPT, Properties: { EnableKeyRotation: true } },
    Metrics: {
      Type: 'AWS::DynamoDB::Table',
      ...KEPT,
      Properties: { TableName: 'weir-production-metrics', SSESpecification: { KMSMasterKeyId: KEY } },
    },
    Archive: {
      Type: 'AWS::S3::Bucket',
      ...KEPT,
      DependsOn: 'MayInvoke',
      Properties: {
        BucketName: { 'Fn::Sub': 'weir-production-archive-${AWS::AccountId}' },
        NotificationConfiguration: { Function: { 'Fn::GetAtt': ['Consume', 'Arn'] } },
        LoggingConfiguration: { DestinationBucketName: { 'Fn::Sub': '${Consume}-logs' } },
      },
    },
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'weir-production-key' } },
    Consume: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'consume' } },
    MayInvoke: { Type: 'AWS::Lambda::Permission' },
  },
};

const TAKEN_METRICS = { identifier: { TableName: 'weir-production-metrics' }, keyId: 'k-1' };
const TAKEN_ARCHIVE = { identifier: { BucketName: ARCHIVE } };

const find = (options: FakeAccountOptions): Promise<TakenNames | undefined> =>
  findTakenNames(createFakeAccount(options), 'weir-production', TEMPLATE);

describe('names that are taken', () => {
  it('are none in a new account', async () => {
    expect(await find({})).to.equal(undefined);
  });

  it('are none if the stack has everything', async () => {
    expect(await find({ deployed: TEMPLATE, taken: { 'weir-production-metrics': TAKEN_METRICS } })).to.equal(undefined);
  });

  it('are told in a sentence that says what to do', async () => {
    const found = await find({ taken: { 'weir-production-metrics': TAKEN_METRICS, [ARCHIVE]: TAKEN_ARCHIVE } });
    expect(found?.problem)
      .to.include('weir-production-metrics, weir-production-archive-123456789012')
      .and.include('docs/stages.md')
      .and.not.include('\n');
  });

  it('can be taken back with the key, but without what is not there yet', async () => {
    const found = await find({ taken: { 'weir-production-metrics': TAKEN_METRICS, [ARCHIVE]: TAKEN_ARCHIVE } });
    expect(found?.takeBack?.resources).to.have.deep.members([
      imported('AWS::DynamoDB::Table', 'Metrics', TAKEN_METRICS.identifier),
      imported('AWS::S3::Bucket', 'Archive', TAKEN_ARCHIVE.identifier),
      imported('AWS::KMS::Key', 'Key', { KeyId: 'k-1' }),
    ]);
    expect(found?.takeBack?.template).to.deep.equal({
      Parameters: TEMPLATE.Parameters,
      Resources: {
        Metrics: retained('Metrics'),
        Archive: {
          ...retained('Archive'),
          Properties: { BucketName: TEMPLATE.Resources.Archive?.Properties?.BucketName },
        },
        Key: retained('Key'),
      },
    });
  });

  it('are looked for beside what a stack has already, which stays as it is', async () => {
    const deployed = { Resources: { ServerlessDeploymentBucket: { Type: 'AWS::S3::Bucket' } } };
    const found = await find({ deployed, taken: { 'weir-production-metrics': TAKEN_METRICS } });
    expect(found?.takeBack?.template)
      .to.have.property('Resources')
      .that.deep.includes(deployed.Resources)
      .and.has.all.keys('ServerlessDeploymentBucket', 'Metrics', 'Key');
  });

  it('cannot be taken back where nothing tells which key encrypts them', async () => {
    const found = await find({ taken: { [ARCHIVE]: TAKEN_ARCHIVE } });
    expect(found?.takeBack).to.equal(undefined);
    expect(found?.problem).to.include('It is unknown which key encrypts them');
  });

  it('are those of secrets, too, that somebody deleted by hand', async () => {
    const secret = { identifier: { Id: 'arn' }, isInRecovery: true };
    const found = await find({ taken: { 'weir-production-key': secret } });
    expect(found?.problem).to.match(/restore-secret .*&& aws secretsmanager delete-secret --force-delete/);
    expect(found?.takeBack).to.equal(undefined);
  });
});

function retained(id: string): TemplateResource {
  const { Type = '', Properties = {} } = TEMPLATE.Resources[id] ?? {};
  return { Type, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties };
}

function imported(ResourceType: string, LogicalResourceId: string, ResourceIdentifier: object): object {
  return { ResourceType, LogicalResourceId, ResourceIdentifier };
}
