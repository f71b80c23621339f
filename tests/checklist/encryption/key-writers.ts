import { matchesPattern } from '@weir/local/rights';
import { type Properties, propertiesOf, resourcesOf, type Template, target } from '../../templates/template.ts';

/** A service of AWS that writes, in its own name, to something that a key encrypts. */
export interface Writer {
  /** Its principal, in the words of a template. */
  readonly principal: string;
  /** The logical id of what it writes for. */
  readonly place: string;
  /** The condition key with which the key's policy tells this use from others. */
  readonly contextKey: string;
  /** The value of that condition key. */
  readonly source: string;
}

/** A statement of a key's policy about a service. */
export interface KeyStatement {
  readonly sid: string;
  lets(writer: Writer): boolean;
}

/** What the template alone does not say. */
export interface WrittenStack {
  /** The name of the template's stack. */
  readonly stack: string;
  /** Whether a value refers to the key. */
  readonly isKey: (value: unknown) => boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: each type of resource has other properties
type Json = Readonly<Record<string, any>>;

/** What each service does with the key. */
const USES = ['kms:GenerateDataKey', 'kms:Decrypt'];
const LOG_USES = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:GenerateDataKey', 'kms:DescribeKey'];
const PLACE = ['Partition', 'Region', 'AccountId'].map((part) => `\${AWS::${part}}`);
const LOGS = `logs.${PLACE[1]}.amazonaws.com`;

/**
 * The services that write to targets of the template that a key encrypts. Lambda is not one of them: it reads queues and
 * streams, and sends to destinations, in the name of the function's role.
 */
export function writersOf(template: Template, { stack, isKey }: WrittenStack): readonly Writer[] {
  const isEncrypted = (arn: unknown) => isKey(template.Resources[target(arn) ?? '']?.Properties.KmsMasterKeyId);
  const all = (type: string) => resourcesOf(template, type);
  const from = (principal: string, place: string, source: string): Writer => ({
    ...{ principal: `${principal}.amazonaws.com`, place, source },
    contextKey: 'aws:SourceArn',
  });
  return [
    ...all('AWS::Logs::LogGroup')
      .filter(([, { Properties }]) => isKey(Properties.KmsKeyId))
      .map(([place, { Properties }]) => logsWriter(stack, place, Properties)),
    ...all('AWS::SNS::Subscription')
      .filter(([, { Properties }]) => deliveredTo(Properties).some(isEncrypted))
      .map(([place, { Properties }]) => from('sns', place, arnOfTopic(template, Properties.TopicArn))),
    ...all('AWS::SES::ConfigurationSetEventDestination').flatMap(([place, { Properties }]) => {
      const topic = (Properties.EventDestination as Json).SnsDestination?.TopicARN;
      return isEncrypted(topic) ? [topicWriter('ses', place, arnOfTopic(template, topic))] : [];
    }),
    ...[...all('AWS::CloudWatch::Alarm'), ...all('AWS::CloudWatch::CompositeAlarm')].flatMap(([place, alarm]) =>
      actionsOf(alarm.Properties)
        .filter(isEncrypted)
        .map((topic) => topicWriter('cloudwatch', place, arnOfTopic(template, topic))),
    ),
    ...all('AWS::S3::Bucket')
      .filter(([, { Properties }]) => notifiedBy(Properties).some(isEncrypted))
      .map(([place, { Properties }]) => from('s3', place, `arn:${PLACE[0]}:s3:::${textOf(Properties.BucketName)}`)),
    ...all('AWS::Events::Rule')
      .filter(([, { Properties }]) => targetsOf(Properties).some(isEncrypted))
      .map(([place, { Properties }]) => from('events', place, arn('events', `rule/${textOf(Properties.Name)}`))),
  ];
}

/** The statements of a key's policy about services. Those about the account's own principals are left out. */
export function keyStatements({ KeyPolicy }: Properties): readonly KeyStatement[] {
  const statements = ((KeyPolicy as Json | undefined)?.Statement ?? []) as readonly Json[];
  return statements
    .filter(({ Principal }) => Principal?.Service !== undefined)
    .map((statement) => ({
      sid: String(statement.Sid),
      lets: ({ principal, contextKey, source }) => {
        const services = [statement.Principal.Service].flat().map(textOf);
        const uses = principal === LOGS ? LOG_USES : USES;
        const patterns = conditionValues(statement, contextKey);
        return (
          statement.Effect === 'Allow' &&
          services.includes(principal) &&
          uses.every((use) => [statement.Action].flat().some((action) => matchesPattern(action, use))) &&
          patterns.some((pattern) => matchesPattern(pattern, source))
        );
      },
    }));
}

function conditionValues({ Condition = {} }: Json, contextKey: string): readonly string[] {
  return Object.values(Condition as Readonly<Record<string, Json>>)
    .flatMap((keys) => keys[contextKey] ?? [])
    .map(textOf);
}

/** The name of a group that has none in the template is made of the stack's name, its logical id and some letters. */
function logsWriter(stack: string, place: string, { LogGroupName }: Properties): Writer {
  const name = LogGroupName === undefined ? `${stack}-${place}-A1B2C3` : textOf(LogGroupName);
  return {
    ...{ principal: LOGS, place, source: arn('logs', `log-group:${name}`) },
    contextKey: 'kms:EncryptionContext:aws:logs:arn',
  };
}

function topicWriter(principal: string, place: string, source: string): Writer {
  return {
    ...{ principal: `${principal}.amazonaws.com`, place, source },
    contextKey: 'kms:EncryptionContext:aws:sns:topicArn',
  };
}

function deliveredTo({ Protocol, Endpoint, RedrivePolicy }: Properties): readonly unknown[] {
  return [...(Protocol === 'sqs' ? [Endpoint] : []), (RedrivePolicy as Json | undefined)?.deadLetterTargetArn];
}

function actionsOf({ AlarmActions, OKActions, InsufficientDataActions }: Properties): readonly unknown[] {
  return [AlarmActions, OKActions, InsufficientDataActions].flatMap((actions) => actions ?? []);
}

function notifiedBy({ NotificationConfiguration: given }: Properties): readonly unknown[] {
  const { QueueConfigurations = [], TopicConfigurations = [] } = (given ?? {}) as Json;
  return [...QueueConfigurations, ...TopicConfigurations].map(({ Queue, Topic }: Json) => Queue ?? Topic);
}

function targetsOf({ Targets = [] }: Properties): readonly unknown[] {
  return (Targets as readonly Json[]).flatMap(({ Arn, DeadLetterConfig }) => [Arn, DeadLetterConfig?.Arn]);
}

function arnOfTopic(template: Template, topic: unknown): string {
  return arn('sns', textOf(propertiesOf(template, target(topic) ?? '').TopicName));
}

function arn(service: string, name: string): string {
  return `arn:${PLACE[0]}:${service}:${PLACE[1]}:${PLACE[2]}:${name}`;
}

/** The text of a template's value, with its variables. */
function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? String((value as Json)['Fn::Sub']) : String(value);
}
