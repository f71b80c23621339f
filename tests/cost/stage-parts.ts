import type { StageParts } from '@weir/bench/src/cost/counts.ts';
import { functionKey } from '../packaged/unpack-functions.ts';
import { holds } from '../templates/conditions.ts';
import type { PackagedService } from '../templates/package-service.ts';
import { type Properties, resourcesOf, target, variablesOf } from '../templates/template.ts';

const MINUTES_OF_MONTH = 43_800;
const MINUTES: Readonly<Record<string, number>> = { minute: 1, minutes: 1, hour: 60, hours: 60 };

/** The parts of a stage that cost something while nothing happens, and what bounds its callers. */
export function stagePartsOf(services: readonly PackagedService[]): StageParts {
  const all = (type: string) =>
    services.flatMap((service) =>
      resourcesOf(service.template, type)
        .filter(([, { Condition }]) => holds(service.template, Condition))
        .map(([id, found]) => ({ service, id, found })),
    );
  const [stream] = all('AWS::Kinesis::Stream');
  const { ShardCount = 0, RetentionPeriodHours } = (stream?.found.Properties ?? {}) as Stream;
  const alarms = all('AWS::CloudWatch::Alarm').map(({ found }) => metricsOf(found.Properties));
  const functions = all('AWS::Lambda::Function');
  const rules = all('AWS::Events::Rule').filter(({ found }) => 'ScheduleExpression' in found.Properties);
  return {
    shards: Number(ShardCount),
    retentionHours: Number(RetentionPeriodHours),
    kmsKeys: all('AWS::KMS::Key').length,
    secrets: all('AWS::SecretsManager::Secret').length,
    alarmMetrics: alarms.reduce((sum, metrics) => sum + metrics, 0),
    compositeAlarms: all('AWS::CloudWatch::CompositeAlarm').length,
    dashboards: all('AWS::CloudWatch::Dashboard').length,
    queuesRead: all('AWS::Lambda::EventSourceMapping').filter(({ found }) => !('StartingPosition' in found.Properties))
      .length,
    scheduled: Object.fromEntries(
      rules.map(({ service, found }) => {
        const [{ Arn }] = found.Properties.Targets as [{ Arn: unknown }];
        const name = nameOf(service, target(Arn) ?? '');
        return [name, callsOfMonth(String(found.Properties.ScheduleExpression))];
      }),
    ),
    megabytes: Object.fromEntries(
      functions.map(({ service, id, found }) => [nameOf(service, id), Number(found.Properties.MemorySize)]),
    ),
    limits: limitsOf(services),
  };
}

interface Stream {
  readonly ShardCount?: number;
  readonly RetentionPeriodHours?: number;
}

function nameOf({ name }: PackagedService, functionId: string): string {
  return `${name}/${functionKey(functionId)}`;
}

function metricsOf({ Metrics }: Properties): number {
  return Metrics === undefined ? 1 : (Metrics as { MetricStat?: object }[]).filter((one) => one.MetricStat).length;
}

/** `rate(5 minutes)`, or a cron expression with one minute of each hour. */
function callsOfMonth(expression: string): number {
  const [, every, unit = ''] = /^rate\((\d+) (\w+)\)$/.exec(expression) ?? [];
  const minutes = every === undefined ? undefined : Number(every) * (MINUTES[unit] ?? Number.NaN);
  if (minutes !== undefined && Number.isFinite(minutes)) return MINUTES_OF_MONTH / minutes;
  if (/^cron\(\d+ \* \* \* \? \*\)$/.test(expression)) return MINUTES_OF_MONTH / 60;
  throw new Error(`add ${expression} to tests/cost/stage-parts.ts`);
}

function limitsOf(services: readonly PackagedService[]): StageParts['limits'] {
  const found = (name: string) => {
    const service = services.find((one) => one.name === name);
    if (service === undefined) throw new Error(`there is no service ${name}`);
    return service.template;
  };
  const [stage] = resourcesOf(found('api'), 'AWS::ApiGateway::Stage');
  const [settings] = (stage?.[1].Properties.MethodSettings ?? []) as [{ ThrottlingRateLimit: number }];
  const workers = resourcesOf(found('reports'), 'AWS::Lambda::EventSourceMapping').flatMap(([, { Properties }]) => {
    const { MaximumConcurrency } = (Properties.ScalingConfig ?? {}) as { MaximumConcurrency?: number };
    return MaximumConcurrency ?? [];
  });
  return {
    keyRequestsPerSecond: Number(variablesOf(found('api'), 'MetricsLambdaFunction').WEIR_RATE_LIMIT_PER_SECOND),
    stageRequestsPerSecond: Number(settings.ThrottlingRateLimit),
    workersAtOnce: Math.max(...workers),
    pushesPerSecond: Number(variablesOf(found('notifications'), 'EvaluateLambdaFunction').WEIR_PUSH_POSTS_PER_SECOND),
    mailsPerDay: Number(variablesOf(found('notifications'), 'MailLambdaFunction').WEIR_MAILS_PER_DAY),
  };
}
