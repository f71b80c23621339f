import type { FunctionEvent } from '../invoke/function-event.ts';
import type { ServiceRegistration, TemplateResource } from '../registration/service-registration.ts';
import { physicalResource, resolveValue } from '../registration/template-values.ts';

/** One function that is notified of one S3 bucket's changes. */
export interface BucketSubscription {
  readonly bucket: string;
  /** `s3:ObjectCreated:*` and the like. */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
  readonly function: FunctionEvent;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Every subscription of a service: from its functions' `s3:` events, and from its S3 buckets' notification
 * configurations.
 */
export function bucketSubscriptions(
  { resources }: ServiceRegistration,
  functions: readonly FunctionEvent[],
): readonly BucketSubscription[] {
  return [
    ...functions.flatMap(eventSubscriptions),
    ...Object.entries(resources).flatMap(([logicalId, resource]) => ownSubscriptions(logicalId, resource, functions)),
  ];
}

/** From the function's own `s3:` events; the framework makes the S3 bucket's notification configuration from them. */
function eventSubscriptions(own: FunctionEvent): BucketSubscription[] {
  return own.definition.events
    .map(({ s3 }) => s3)
    .filter((s3) => s3 !== undefined)
    .map((s3) => (typeof s3 === 'string' ? { bucket: s3 } : (s3 as Json)))
    .map(({ bucket, event = 's3:ObjectCreated:*', rules = [] }: Json) => ({
      bucket: String(resolveValue(bucket, own.scope)),
      events: [event].flat().map(String),
      prefix: ruleOf(rules as readonly Json[], 'prefix'),
      suffix: ruleOf(rules as readonly Json[], 'suffix'),
      function: own,
    }));
}

function ruleOf(rules: readonly Json[], name: string): string {
  return String(rules.find((rule) => rule[name] !== undefined)?.[name] ?? '');
}

/** From the bucket's `NotificationConfiguration`. */
function ownSubscriptions(
  logicalId: string,
  { Type, Properties = {} }: TemplateResource,
  functions: readonly FunctionEvent[],
): BucketSubscription[] {
  const notifications = Properties.NotificationConfiguration as { LambdaConfigurations?: readonly Json[] } | undefined;
  if (Type !== 'AWS::S3::Bucket' || notifications === undefined) return [];
  return (notifications.LambdaConfigurations ?? []).flatMap((configuration) => {
    const own = functions.find(({ functionKey }) => isFunction(configuration.Function, functionKey));
    if (own === undefined) return [];
    const bucket = physicalResource(logicalId, own.scope).name;
    const filter = { prefix: filterOf(configuration, 'prefix'), suffix: filterOf(configuration, 'suffix') };
    return [{ bucket, events: [String(configuration.Event)], ...filter, function: own }];
  });
}

/** Whether this is `Fn::GetAtt` of the logical id that the framework gives a function: its name, capitalised. */
function isFunction(value: unknown, functionKey: string): boolean {
  const { 'Fn::GetAtt': getAtt } = value as { 'Fn::GetAtt'?: string | readonly string[] };
  const [logicalId] = typeof getAtt === 'string' ? getAtt.split('.') : (getAtt ?? []);
  return logicalId === `${functionKey.charAt(0).toUpperCase()}${functionKey.slice(1)}LambdaFunction`;
}

function filterOf({ Filter }: Json, name: string): string {
  const rules = (Filter as { S3Key?: { Rules?: readonly { Name: string; Value: string }[] } } | undefined)?.S3Key
    ?.Rules;
  return rules?.find((rule) => rule.Name.toLowerCase() === name)?.Value ?? '';
}
