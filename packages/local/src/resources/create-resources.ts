import type { AwsClient } from '../aws-calls/aws-client.ts';
import type { TemplateResource } from '../registration/service-registration.ts';
import { physicalResource, resolveProperties, type TemplateScope } from '../registration/template-values.ts';
import { createBucket } from './bucket.ts';
import { createParameter, createSecret } from './configuration.ts';
import type { CreateResource, ResolvedResource } from './create-resource.ts';
import { createQueue, createSubscription, createTopic } from './messaging.ts';
import { createStream } from './stream.ts';
import { createTable } from './table.ts';

const creators: Readonly<Record<string, CreateResource>> = {
  'AWS::DynamoDB::Table': createTable,
  'AWS::Kinesis::Stream': createStream,
  'AWS::S3::Bucket': createBucket,
  'AWS::SQS::Queue': createQueue,
  'AWS::SNS::Topic': createTopic,
  'AWS::SNS::Subscription': createSubscription,
  'AWS::SecretsManager::Secret': createSecret,
  'AWS::SSM::Parameter': createParameter,
  // These exist once the functions can be called.
  'AWS::StepFunctions::StateMachine': async () => {},
  'AWS::Scheduler::Schedule': async () => {},
  'AWS::Events::Rule': async () => {},
};

/** Resources to which others point are created first: dead-letter queues, then topics and their subscribers. */
const ORDER = ['AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::SNS::Subscription'];

/** Creates every resource of a template that the local AWS supports; returns all of them, resolved. */
export async function createResources(
  aws: AwsClient,
  scope: TemplateScope,
  log: (line: string) => void,
): Promise<readonly ResolvedResource[]> {
  const resolved = Object.entries(scope.resources).map(([logicalId, resource]) => resolve(logicalId, resource, scope));
  const independent = resolved.filter(({ type }) => creators[type] !== undefined && !ORDER.includes(type));
  await Promise.all(independent.map((resource) => creators[resource.type]?.(aws, resource)));
  for (const resource of resolved.filter(({ type }) => ORDER.includes(type)).toSorted(byDependency)) {
    await creators[resource.type]?.(aws, resource);
  }
  const ignored = new Set(resolved.filter(({ type }) => creators[type] === undefined).map(({ type }) => type));
  if (ignored.size > 0) log(`Not needed locally: ${[...ignored].join(', ')}`);
  return resolved;
}

function resolve(logicalId: string, resource: TemplateResource, scope: TemplateScope): ResolvedResource {
  return {
    logicalId,
    type: resource.Type,
    physical: physicalResource(logicalId, scope),
    properties: resolveProperties(resource, scope),
  };
}

function byDependency(a: ResolvedResource, b: ResolvedResource): number {
  const rank = ({ type, properties }: ResolvedResource) =>
    ORDER.indexOf(type) + (properties.RedrivePolicy === undefined ? 0 : 0.5);
  return rank(a) - rank(b);
}
