import { resolve } from '../../alarms/cloudwatch/alarm.ts';
import { type Properties, resourcesOf, type Template, target } from '../../templates/template.ts';
import type { WatchedMetric } from './watched-metrics.ts';
import { WATCHED_MACHINES } from './watched-otherwise.ts';

/** Metrics of our own that must be watched. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  'ingest-stream': ['RefusedEvents', 'BatchesGivenUp'],
  reports: ['AuditDrift'],
  notifications: ['MailsBounced', 'MailsComplained'],
};
const WAITING = 'ApproximateNumberOfMessagesVisible';
const AGE = 'ApproximateAgeOfOldestMessage';

interface Need {
  readonly place: string;
  readonly namespace: string;
  /** One of these metrics. */
  readonly names: readonly string[];
  /** A value of its dimensions. */
  readonly of?: string | undefined;
}

/** Streams, queues, APIs, state machines, backups and metrics of our own that no alarm watches. */
export function checkResources(service: string, template: Template, watched: readonly WatchedMetric[]) {
  const needs = [
    ...streams(template),
    ...queues(template),
    ...apis(template),
    ...machines(template),
    ...backups(template),
    ...(NAMED[service] ?? []).map((name) => ({ place: name, namespace: 'Weir', names: [name] })),
  ];
  const isMet = ({ namespace, names, of }: Need) =>
    watched.some(
      (metric) =>
        metric.namespace === namespace && names.includes(metric.name) && (of === undefined || metric.of.includes(of)),
    );
  const unmet = needs.filter((need) => !isMet(need));
  return unmet.map(({ place, names }) => ({ place, problem: `no alarm watches ${names.join(' or ')}` }));
}

function named(template: Template, type: string, property: string): readonly (readonly [string, string])[] {
  return resourcesOf(template, type).map(([id, { Properties }]) => [id, String(Properties[property])] as const);
}

function streams(template: Template): Need[] {
  const found = named(template, 'AWS::Kinesis::Stream', 'Name');
  return found.map(([place, of]) => ({
    ...{ place, of, namespace: 'AWS/Kinesis', names: ['WriteProvisionedThroughputExceeded'] },
  }));
}

/** A queue of dead letters must be empty; in another one nothing may stay for long. */
function queues(template: Template): Need[] {
  const dead = new Set(deadLetterTargets(template));
  const found = named(template, 'AWS::SQS::Queue', 'QueueName');
  return found.map(([place, of]) => {
    return { place, of, namespace: 'AWS/SQS', names: dead.has(place) ? [WAITING] : [WAITING, AGE] };
  });
}

function deadLetterTargets(template: Template): readonly (string | undefined)[] {
  const all = Object.values(template.Resources).map(({ Properties }) => Properties ?? {});
  return all.flatMap(({ RedrivePolicy, DestinationConfig }) => {
    const { deadLetterTargetArn } = (RedrivePolicy ?? {}) as Properties;
    const { OnFailure } = (DestinationConfig ?? {}) as { OnFailure?: Properties };
    return [target(deadLetterTargetArn), target(OnFailure?.Destination)];
  });
}

/** API Gateway's own failures, and those of the authorizer, are only in the access log. */
function apis(template: Template): Need[] {
  const found = named(template, 'AWS::ApiGateway::RestApi', 'Name');
  const filters = resourcesOf(template, 'AWS::Logs::MetricFilter').flatMap(
    ([, { Properties }]) => Properties.MetricTransformations as { MetricNamespace: string; MetricName: string }[],
  );
  const logged = filters.filter(({ MetricName }) => MetricName === 'ApiServerErrors');
  return found.flatMap(([place, of]) => [
    { place, of, namespace: 'AWS/ApiGateway', names: ['5XXError'] },
    { place, of, namespace: 'AWS/ApiGateway', names: ['Latency'] },
    { place, namespace: logged[0]?.MetricNamespace ?? 'a filter of the access log', names: ['ApiServerErrors'] },
  ]);
}

function machines(template: Template): Need[] {
  const found = resourcesOf(template, 'AWS::StepFunctions::StateMachine').filter(([id]) => !(id in WATCHED_MACHINES));
  return found.flatMap(([place]) =>
    ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'].map((name) => ({
      ...{ place, of: resolve(template, { Ref: place }), namespace: 'AWS/States', names: [name] },
    })),
  );
}

function backups(template: Template): Need[] {
  return resourcesOf(template, 'AWS::Backup::BackupVault').flatMap(([place]) =>
    ['NumberOfBackupJobsFailed', 'NumberOfBackupJobsExpired'].map((name) => ({
      ...{ place, of: resolve(template, { Ref: place }), namespace: 'AWS/Backup', names: [name] },
    })),
  );
}
