import { type Properties, propertiesOf, resourcesOf, type Template } from '../../templates/template.ts';
import { type Dimensions, type MetricId, STATISTICS, type Statistic } from './datapoints.ts';

export type TreatMissingData = 'breaching' | 'notBreaching';

/** A metric of an alarm; expressions use its `id`. */
export interface AlarmMetric extends MetricId {
  readonly id: string;
  readonly statistic: Statistic;
}

/** The series that CloudWatch compares with the threshold: the last of the expressions, or the only metric. */
export interface AlarmSource {
  readonly metrics: readonly AlarmMetric[];
  /** An expression may use those before it. */
  readonly expressions: readonly { readonly id: string; readonly text: string }[];
  readonly returned: string;
}

/** An alarm of a packaged template, as CloudWatch evaluates it. */
export interface Alarm {
  readonly id: string;
  readonly description: string;
  readonly source: AlarmSource;
  readonly periodMs: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly isBreaching: (value: number) => boolean;
  readonly missing: TreatMissingData;
}

const COMPARISONS: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** The alarms of a packaged template. Throws if one uses a feature that this evaluator does not know. */
export function alarmsOf(template: Template): readonly Alarm[] {
  return resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([id, { Properties }]) =>
    readAlarm(template, id, Properties),
  );
}

function readAlarm(template: Template, id: string, properties: Properties): Alarm {
  const evaluationPeriods = properties.EvaluationPeriods as number;
  const threshold = properties.Threshold as number;
  const { source, periodSeconds } = readSource(template, id, properties);
  return {
    id,
    description: properties.AlarmDescription as string,
    source,
    periodMs: periodSeconds * 1000,
    evaluationPeriods,
    datapointsToAlarm: (properties.DatapointsToAlarm as number | undefined) ?? evaluationPeriods,
    isBreaching: comparison(id, properties.ComparisonOperator as string, threshold),
    missing: readMissing(id, properties.TreatMissingData),
  };
}

function comparison(id: string, operator: string, threshold: number): Alarm['isBreaching'] {
  const compare = COMPARISONS[operator];
  if (compare === undefined) throw new Error(`${id} compares by ${operator}, which tests/alarms does not evaluate yet`);
  return (value) => compare(value, threshold);
}

function readMissing(id: string, value: unknown): TreatMissingData {
  if (value === 'breaching' || value === 'notBreaching') return value;
  throw new Error(`${id} needs TreatMissingData: breaching or notBreaching`);
}

function readSource(template: Template, id: string, properties: Properties) {
  const queries = (properties.Metrics ?? [{ Id: id, ReturnData: true, MetricStat: plainStat(properties) }]) as Query[];
  const metrics = queries.flatMap(({ Id, MetricStat }) => (MetricStat ? [readMetric(template, Id, MetricStat)] : []));
  const expressions = queries.flatMap(({ Id, Expression }) => (Expression ? [{ id: Id, text: Expression }] : []));
  const periods = new Set(queries.flatMap(({ MetricStat }) => MetricStat?.Period ?? []));
  const returned = queries.filter(({ ReturnData }) => ReturnData !== false);
  const [periodSeconds] = periods;
  if (periods.size > 1 || periodSeconds === undefined) throw new Error(`the metrics of ${id} need one period for all`);
  if (returned.length !== 1 || returned[0] === undefined) throw new Error(`${id} must return one of its metrics`);
  return { source: { metrics, expressions: inOrder(id, expressions), returned: returned[0].Id }, periodSeconds };
}

interface Query {
  readonly Id: string;
  readonly Expression?: string;
  readonly ReturnData?: boolean;
  readonly MetricStat?: MetricStat;
}

interface MetricStat {
  readonly Metric: {
    readonly Namespace: string;
    readonly MetricName: string;
    readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
  };
  readonly Period: number;
  readonly Stat: string;
}

function plainStat({
  Namespace,
  MetricName,
  Dimensions,
  Period,
  Statistic,
  ExtendedStatistic,
}: Properties): MetricStat {
  return {
    Metric: { Namespace, MetricName, Dimensions } as MetricStat['Metric'],
    Period: Period as number,
    Stat: (Statistic ?? ExtendedStatistic) as string,
  };
}

function readMetric(template: Template, id: string, { Metric, Stat }: MetricStat): AlarmMetric {
  if (!isStatistic(Stat)) throw new Error(`${id} uses the statistic ${Stat}, which tests/alarms does not have yet`);
  const dimensions = (Metric.Dimensions ?? []).map(({ Name, Value }) => [Name, resolve(template, Value)] as const);
  return {
    id,
    namespace: Metric.Namespace,
    name: Metric.MetricName,
    dimensions: Object.fromEntries(dimensions) as Dimensions,
    statistic: Stat,
  };
}

function isStatistic(name: string): name is Statistic {
  return Object.hasOwn(STATISTICS, name);
}

/** CloudWatch accepts expressions in any order, and evaluates each after those that it names. */
function inOrder(id: string, expressions: AlarmSource['expressions']): AlarmSource['expressions'] {
  const ordered: { id: string; text: string }[] = [];
  let left = [...expressions];
  while (left.length > 0) {
    const isReady = ({ text }: { text: string }) => left.every((other) => !new RegExp(`\\b${other.id}\\b`).test(text));
    const ready = left.filter(isReady);
    if (ready.length === 0) throw new Error(`the expressions of ${id} name each other in a circle`);
    ordered.push(...ready);
    left = left.filter((expression) => !ready.includes(expression));
  }
  return ordered;
}

/** Attributes by which dimensions name a resource, each with the property that has the same value. */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Kinesis::Stream': 'Name',
  'AWS::SQS::Queue.QueueName': 'QueueName',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
  'AWS::DynamoDB::Table': 'TableName',
  // Its id is known only after the deployment; no other one has its name.
  'AWS::ApiGatewayV2::Api': 'Name',
};

/** The version that a deployment publishes. Version 1 ran before. */
export const NEW_VERSION = '2';

/** Resources whose names are known only after the deployment: their logical ids stand for them. */
const NAMED_LATER = new Set(['AWS::Backup::BackupVault']);

/** The value of a dimension after deployment. Throws if the template does not have the resource. */
export function resolve(template: Template, value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: readonly [string, string] };
  const id = Ref ?? attribute?.[0] ?? '';
  const properties = propertiesOf(template, id);
  const type = template.Resources[id]?.Type ?? '';
  if (NAMED_LATER.has(type)) return id;
  if (type === 'AWS::Lambda::Version') return NEW_VERSION;
  const property = NAMES[attribute ? `${type}.${attribute[1]}` : type];
  const resolved = property === undefined ? undefined : properties[property];
  if (typeof resolved !== 'string') throw new Error(`tests/alarms cannot resolve ${JSON.stringify(value)} yet`);
  return resolved;
}
