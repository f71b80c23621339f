import type { ServiceRegistration, TemplateResource } from '../../../registration/service-registration.ts';
import {
  ACCOUNT_ID,
  physicalResource,
  resolveProperties,
  resolveValue,
  type TemplateScope,
} from '../../../registration/template-values.ts';

/** What the templates of all services say that decides what a call needs. */
export interface TemplateFacts {
  /** The ARN of the customer's key that encrypts a resource, or what is in it; undefined if no such key does. */
  keyOf(arn: string): string | undefined;
  /** The ARN of a customer's key that is named by ARN, id or alias; undefined for a key of AWS itself. */
  keyArn(key: string, region: string): string | undefined;
  /** The names of the secrets. */
  readonly secrets: ReadonlySet<string>;
  /** The addresses and domains that SES may send from. */
  readonly mailIdentities: ReadonlySet<string>;
  /** The stage of the service that has the WebSocket API. */
  readonly socketStage: string | undefined;
}

/** The six characters that Secrets Manager adds to a secret's ARN. */
export const SECRET_SUFFIX = '-local0';

/** The values of SSM parameters that templates declare, by name. */
export type StoredParameters = ReadonlyMap<string, string>;

/** A service, and the values with which its template is resolved. */
export interface ScopedService {
  readonly registration: ServiceRegistration;
  readonly scope: TemplateScope;
}

/**
 * The scopes of all services. A template parameter has the value that another service's template writes to the
 * parameter store. As long as no service writes it, its value is the ARN of the SSM parameter.
 */
export function scopeServices(registrations: readonly ServiceRegistration[], awsUrl: string): readonly ScopedService[] {
  const stored: StoredParameters = new Map(
    registrations.flatMap((registration) => declaredParameters({ ...registration, awsUrl })),
  );
  return registrations.map((registration) => ({
    registration,
    scope: withSecretSuffixes({ ...registration, awsUrl, parameterValues: parameterValues(registration, stored) }),
  }));
}

/** Reads the facts from the templates. */
export function readFacts(services: readonly ScopedService[]): TemplateFacts {
  const aliases = aliasesOf(services);
  const keys = new Map(services.flatMap(({ scope }) => encryptionKeys(scope, aliases)));
  const namesOf = (type: string, property: string) =>
    new Set(services.flatMap(({ scope }) => named(type, property, scope)));
  return {
    keyOf: (arn) => keys.get(encryptedArn(arn)),
    keyArn: (key, region) => keyArn(key, region, aliases),
    secrets: new Set(
      [...namesOf('AWS::SecretsManager::Secret', 'Name')].map((name) => name.replace(SECRET_SUFFIX, '')),
    ),
    mailIdentities: namesOf('AWS::SES::EmailIdentity', 'EmailIdentity'),
    socketStage: services.find(({ registration }) => hasSocket(registration))?.registration.stage,
  };
}

function declaredParameters(scope: TemplateScope): [string, string][] {
  return ofType('AWS::SSM::Parameter', scope).map(([, resource]) => {
    const { Name, Value } = resolveProperties(resource, scope);
    return [String(Name), String(Value)];
  });
}

function parameterValues({ parameters = {}, region }: ServiceRegistration, stored: StoredParameters) {
  return Object.fromEntries(
    Object.entries(parameters).map(([id, { Type, Default }]) => {
      const value = String(Default);
      const isStored = Type.startsWith('AWS::SSM::Parameter::Value');
      const unknown = `arn:aws:ssm:${region}:${ACCOUNT_ID}:parameter/${value.replace(/^\//, '')}`;
      return [id, isStored ? (stored.get(value) ?? unknown) : value];
    }),
  );
}

/** The template's references to a secret are its whole ARN. */
function withSecretSuffixes(scope: TemplateScope): TemplateScope {
  const suffixed = ([id, resource]: [string, TemplateResource]): [string, TemplateResource] => {
    if (resource.Type !== 'AWS::SecretsManager::Secret') return [id, resource];
    const Name = `${physicalResource(id, scope).name}${SECRET_SUFFIX}`;
    return [id, { ...resource, Properties: { ...resource.Properties, Name } }];
  };
  return { ...scope, resources: Object.fromEntries(Object.entries(scope.resources).map(suffixed)) };
}

type Json = Readonly<Record<string, unknown>>;

/** Where a resource names the key that encrypts it. */
const KEY_SETTINGS: Readonly<Record<string, (properties: Json) => unknown>> = {
  'AWS::Kinesis::Stream': ({ StreamEncryption }) => (StreamEncryption as Json | undefined)?.KeyId,
  'AWS::DynamoDB::Table': ({ SSESpecification }) => (SSESpecification as Json | undefined)?.KMSMasterKeyId,
  'AWS::S3::Bucket': ({ BucketEncryption }) => bucketKey(BucketEncryption as BucketEncryption | undefined),
  'AWS::SQS::Queue': ({ KmsMasterKeyId }) => KmsMasterKeyId,
  'AWS::SNS::Topic': ({ KmsMasterKeyId }) => KmsMasterKeyId,
  'AWS::SecretsManager::Secret': ({ KmsKeyId }) => KmsKeyId,
};

interface BucketEncryption {
  readonly ServerSideEncryptionConfiguration?: readonly { readonly ServerSideEncryptionByDefault?: Json }[];
}

function bucketKey(encryption: BucketEncryption | undefined): unknown {
  return encryption?.ServerSideEncryptionConfiguration?.[0]?.ServerSideEncryptionByDefault?.KMSMasterKeyID;
}

function encryptionKeys(scope: TemplateScope, aliases: ReadonlyMap<string, string>): [string, string][] {
  return Object.entries(scope.resources).flatMap(([id, resource]): [string, string][] => {
    const setting = resolveValue(KEY_SETTINGS[resource.Type]?.(resource.Properties ?? {}), scope);
    // The service that declares the key may start later than this one. Until then nobody knows which key it is.
    const isKnown = setting !== undefined && !String(setting).startsWith('arn:aws:ssm:');
    const key = isKnown ? keyArn(String(setting), scope.region, aliases) : undefined;
    return key === undefined ? [] : [[physicalResource(id, scope).arn, key]];
  });
}

function keyArn(key: string, region: string, aliases: ReadonlyMap<string, string>): string | undefined {
  const alias = /(?:^|:)(alias\/.*)$/.exec(key)?.[1];
  if (alias?.startsWith('alias/aws/')) return undefined;
  const target = alias === undefined ? key : (aliases.get(alias) ?? key);
  return target.startsWith('arn:') ? target : `arn:aws:kms:${region}:${ACCOUNT_ID}:key/${target}`;
}

function aliasesOf(services: readonly ScopedService[]): ReadonlyMap<string, string> {
  return new Map(
    services.flatMap(({ scope }) =>
      ofType('AWS::KMS::Alias', scope).map(([, resource]): [string, string] => {
        const { AliasName, TargetKeyId } = resolveProperties(resource, scope);
        return [String(AliasName), String(TargetKeyId)];
      }),
    ),
  );
}

/** An object is encrypted as its bucket is, and an index or a stream as its table is. */
function encryptedArn(arn: string): string {
  if (arn.startsWith('arn:aws:s3:::')) return arn.split('/')[0] ?? '';
  return arn.startsWith('arn:aws:dynamodb:') ? arn.split('/').slice(0, 2).join('/') : arn;
}

function named(type: string, property: string, scope: TemplateScope): string[] {
  return ofType(type, scope).map(([id, { Properties }]) => String(resolveValue(Properties?.[property] ?? id, scope)));
}

function ofType(type: string, { resources }: TemplateScope): [string, TemplateResource][] {
  return Object.entries(resources).filter(([, { Type }]) => Type === type);
}

function hasSocket({ functions }: ServiceRegistration): boolean {
  return Object.values(functions).some(({ events }) => events.some((event) => 'websocket' in event));
}
