import { type Properties, type Resource, resourcesOf, type Template, target } from '../../templates/template.ts';
import { type Finding, stackOf, type Templates } from '../checked-templates.ts';
import { grantsOf } from '../least-privilege/grants-of.ts';
import { UNENCRYPTED } from '../reasons.ts';
import { findCycle } from './find-cycle.ts';
import { isStageKey } from './is-stage-key.ts';
import { keyStatements, writersOf } from './key-writers.ts';

/** The service that declares the stage's key. */
const OWNER = 'ingest-stream';
const FUNCTION_ARN = 'kms:EncryptionContext:aws:lambda:FunctionArn';

/** Where a resource names the customer key that encrypts it. A type that holds data and is not here is a finding. */
const KEY_SETTINGS: Readonly<Record<string, (properties: Json) => unknown>> = {
  'AWS::Backup::BackupVault': ({ EncryptionKeyArn }) => EncryptionKeyArn,
  'AWS::DynamoDB::Table': ({ SSESpecification: sse }) => sse?.SSEEnabled && sse.SSEType === 'KMS' && sse.KMSMasterKeyId,
  'AWS::Kinesis::Stream': ({ StreamEncryption: sse }) => sse?.EncryptionType === 'KMS' && sse.KeyId,
  'AWS::Lambda::Function': ({ KmsKeyArn }) => KmsKeyArn,
  'AWS::Logs::LogGroup': ({ KmsKeyId }) => KmsKeyId,
  'AWS::S3::Bucket': ({ BucketEncryption }) => bucketKey(BucketEncryption),
  'AWS::SNS::Topic': ({ KmsMasterKeyId }) => KmsMasterKeyId,
  'AWS::SQS::Queue': ({ KmsMasterKeyId }) => KmsMasterKeyId,
  'AWS::SecretsManager::Secret': ({ KmsKeyId }) => KmsKeyId,
};

// biome-ignore lint/suspicious/noExplicitAny: each type of resource has other properties
type Json = Readonly<Record<string, any>>;

/**
 * What is not encrypted with the stage's key; which service could not use that key, or may without a need; which role
 * cannot decrypt its function's environment; and resources that would wait for each other.
 */
export function checkEncryption(templates: Templates): readonly Finding[] {
  return [
    ...Object.entries(templates).flatMap(([service, template]) => [
      ...plainResources(service, template),
      ...closedEnvironments(service, template),
      ...findCycle(template).map((place) => ({ service, place, problem: 'waits for itself' })),
    ]),
    ...policyFindings(templates),
  ];
}

function plainResources(service: string, template: Template): Finding[] {
  return Object.entries(template.Resources).flatMap(([place, { Type, Properties }]) => {
    const setting = KEY_SETTINGS[Type];
    if (setting === undefined || UNENCRYPTED[place] !== undefined) return [];
    return isStageKey(setting(Properties ?? {}), template)
      ? []
      : [{ service, place, problem: "is not encrypted with the stage's key" }];
  });
}

function bucketKey(encryption: Json | undefined): unknown {
  const rule = encryption?.ServerSideEncryptionConfiguration?.[0]?.ServerSideEncryptionByDefault;
  return rule?.SSEAlgorithm === 'aws:kms' && rule.KMSMasterKeyID;
}

function closedEnvironments(service: string, template: Template): Finding[] {
  return resourcesOf(template, 'AWS::Lambda::Function').flatMap(([place, { Properties }]) => {
    const grants = grantsOf(template, target(Properties.Role) ?? '');
    const isOpen = grants.some(
      ({ action, resource, condition }) =>
        action === 'kms:Decrypt' && isStageKey(resource, template) && isOfFunction(condition, Properties),
    );
    return isOpen ? [] : [{ service, place, problem: 'its role may not decrypt its environment, and only this' }];
  });
}

/** Whether a condition allows the environment of this function, and of no other. */
function isOfFunction(condition: unknown, { FunctionName }: Properties): boolean {
  const given = (condition as { readonly StringLike?: Json } | undefined)?.StringLike?.[FUNCTION_ARN];
  const names = [given].flat().map((arn) => String(arn?.['Fn::Sub']).split(':function:')[1]);
  return names[0] === FunctionName && names.every((name) => name === FunctionName || name === `${FunctionName}:*`);
}

/** Compares the statements of the key's policy with the services that write to what the key encrypts. */
function policyFindings(templates: Templates): Finding[] {
  const key = resourcesOf(templates[OWNER] as Template, 'AWS::KMS::Key');
  const [[place, { Properties }] = ['', { Type: '', Properties: {} } satisfies Resource]] = key;
  const statements = keyStatements(Properties);
  const writers = Object.entries(templates).flatMap(([service, template]) => {
    const isKey = (value: unknown) => isStageKey(value, template);
    return writersOf(template, { stack: stackOf(service), isKey }).map((writer) => ({ ...writer, service }));
  });
  const missing = writers.filter((writer) => !statements.some((statement) => statement.lets(writer)));
  const needless = statements.filter((statement) => !writers.some((writer) => statement.lets(writer)));
  return [
    ...missing.map(({ service, principal, place, source }) => ({
      ...{ service, place },
      problem: `the key's policy does not let ${principal} use it for ${source}`,
    })),
    ...needless.map(({ sid }) => ({
      service: OWNER,
      place,
      problem: `its statement ${sid} lets in nobody who writes`,
    })),
  ];
}
