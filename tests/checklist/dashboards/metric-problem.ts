import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Templates } from '../checked-templates.ts';
import type { DashboardMetric } from './dashboard-metrics.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** What AWS sends by itself, by namespace. */
const AWS_METRICS: Readonly<Record<string, readonly string[]>> = {
  'AWS/Lambda': ['Invocations', 'Errors', 'Throttles', 'Duration', 'IteratorAge', 'ConcurrentExecutions'],
  'AWS/Kinesis': ['IncomingRecords', 'IncomingBytes', 'WriteProvisionedThroughputExceeded'],
  'AWS/SQS': ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage'],
  'AWS/DynamoDB': ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'],
  'AWS/States': ['ExecutionsSucceeded', 'ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'],
  // The first of a REST API, the others of a WebSocket API.
  'AWS/ApiGateway': [
    'Count',
    '4XXError',
    '5XXError',
    'Latency',
    'IntegrationLatency',
    'ConnectCount',
    'MessageCount',
    'ClientError',
  ],
  // Of the account, in us-east-1 only.
  'AWS/Billing': ['EstimatedCharges'],
};
/** Values that name no resource. */
const NO_RESOURCE = new Set(['Stage', 'Currency']);

/** Why nobody sends a metric; undefined if it is sent. */
export function metricProblem(templates: Templates, metric: DashboardMetric): string | undefined {
  const { namespace, name, dimensions, dashboard, title } = metric;
  const place = `${dashboard}, "${title}":`;
  if (namespace === 'Weir') return ownProblem(templates, metric, place);
  const all = JSON.stringify(templates);
  // Of a filter of the access log.
  if (namespace.startsWith('Weir/')) {
    return all.includes(`"MetricNamespace":"${namespace}","MetricName":"${name}"`)
      ? undefined
      : `${place} no filter makes ${name}`;
  }
  if (!AWS_METRICS[namespace]?.includes(name)) return `${place} ${namespace} sends no ${name}`;
  const named = Object.entries(dimensions).filter(([dimension]) => !NO_RESOURCE.has(dimension));
  const missing = named.find(([, value]) => !all.includes(`"${value}"`));
  return missing && `${place} no template has ${missing[1]}`;
}

function ownProblem(templates: Templates, { name, dimensions }: DashboardMetric, place: string): string | undefined {
  const { service = '', stage, ...others } = dimensions;
  const folder = service.replace('weir-', '');
  if (stage !== 'production' || Object.keys(others).length > 0) return `${place} ${name} has other dimensions`;
  if (!(folder in templates)) return `${place} there is no service ${service}`;
  return sourceOf(folder).includes(`'${name}'`) ? undefined : `${place} no code of ${folder} counts ${name}`;
}

const sources = new Map<string, string>();

/** The code of a service, without tests. */
function sourceOf(service: string): string {
  const known = sources.get(service);
  if (known !== undefined) return known;
  const folder = join(ROOT, 'services', service, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const code = files.filter((file) => file.endsWith('.ts') && !/\.test\.ts$|(^|\/)(testing|model)\//.test(file));
  const source = code.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  sources.set(service, source);
  return source;
}
