import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalAws, type ServiceRegistration, startLocalAws, type Usage } from '@weir/local';
import { type LambdaInstance, startLambda } from '@weir/local/lambda';
import { type PackagedService, packageService, serviceNames } from '../templates/package-service.ts';
import { type Properties, resourcesOf, target } from '../templates/template.ts';
import { startInvokeServer } from './invoke-server.ts';
import { functionKey, type UnpackedFunction, unpackFunctions } from './unpack-functions.ts';

/** The packaged stage. */
export const STAGE = 'production';
/** The order in which a new stage is deployed: notifications subscribes to a topic of reports. */
const DEPLOYED = ['ingest-stream', 'reports', 'notifications', 'api'];

/**
 * The packaged services, running on the local AWS with the resources, event sources and functions of their templates.
 */
export interface PackagedStage {
  readonly awsUrl: string;
  /** Where the local SES shows its mails. */
  readonly mailUrl: string;
  /** The names of all functions. */
  readonly functions: readonly string[];
  /** Calls a function by its key, or by `<service>/<key>`. The first call starts its only instance. */
  invoke(key: string, event: unknown): Promise<unknown>;
  /** Starts another instance of a function. `told` changes its environment. */
  start(key: string, told?: Readonly<Record<string, string>>): LambdaInstance;
  /** The instance that `invoke` calls. */
  instance(key: string): LambdaInstance;
  /** The calls of AWS since the start or the last reset; a caller is the key of a function. */
  usage(): Usage;
  resetUsage(): void;
  close(): Promise<void>;
}

/** Starts the stage. `told` changes the environment of all functions, as a stage's parameters would. */
export async function startPackagedStage(told: Readonly<Record<string, string>>): Promise<PackagedStage> {
  const dir = mkdtempSync(join(tmpdir(), 'weir-packages-'));
  const aws = await startLocalAws({ dataDir: undefined, port: 0 });
  const names = serviceNames().toSorted((one, other) => DEPLOYED.indexOf(one) - DEPLOYED.indexOf(other));
  const services = names.map((name) => packageService(name, STAGE));
  const functions = services.flatMap((service) => unpackFunctions(service, dir, aws.url));
  const running: LambdaInstance[] = [];
  const first = new Map<string, LambdaInstance>();

  const nameOf = (key: string): string => {
    const [found] = functions.filter((one) => one.key === key || one.name === key || keyInService(one.name) === key);
    if (found === undefined) throw new Error(`there is no function ${key}`);
    return found.name;
  };
  const start = (key: string, own: Readonly<Record<string, string>> = {}): LambdaInstance => {
    const found = functions.find(({ name }) => name === nameOf(key));
    if (found === undefined) throw new Error(`there is no function ${key}`);
    const instance = startLambda({ ...found, environment: { ...found.environment, ...told, ...own } });
    running.push(instance);
    return instance;
  };
  const instance = (key: string): LambdaInstance => {
    const name = nameOf(key);
    const found = first.get(name) ?? start(name);
    first.set(name, found);
    return found;
  };
  const lambda = await startInvokeServer((name, event) => instance(name).invoke(event));

  const registrations = services.map((service) => registrationOf(service, functions, lambda.url));
  await joinAll(aws, registrations);
  return {
    awsUrl: aws.url,
    mailUrl: aws.mailUrl,
    functions: functions.map(({ name }) => name),
    invoke: (key, event) => instance(key).invoke(event),
    start,
    instance,
    usage: () => aws.usage(),
    resetUsage: () => aws.resetUsage(),
    close: async () => {
      await aws.close();
      lambda.close();
      await Promise.all(running.map((one) => one.close()));
      rmSync(dir, { recursive: true });
    },
  };
}

/** `reports/sweep` of `weir-reports-production-sweep`: two services have a function of this key. */
function keyInService(name: string): string {
  return name.replace(/^weir-/, '').replace(`-${STAGE}-`, '/');
}

async function joinAll(aws: LocalAws, registrations: readonly ServiceRegistration[]): Promise<void> {
  for (const registration of registrations) await aws.registerService(registration);
  const result = await aws.waitForServices(
    registrations.map(({ name }) => name),
    10_000,
  );
  if (result.outcome !== 'ready') throw new Error(`the packages have not joined: ${result.missing}`);
}

/** The parts of a template that the local AWS needs, without the framework's own bucket for deployments. */
function registrationOf(
  { name, template }: PackagedService,
  functions: readonly UnpackedFunction[],
  lambdaUrl: string,
): ServiceRegistration {
  const own = resourcesOf(template, 'AWS::Lambda::Function').map(([id]) => functionKey(id));
  const resources = Object.entries(template.Resources).filter(([id]) => !id.startsWith('ServerlessDeployment'));
  return {
    name,
    stage: STAGE,
    region: 'us-east-1',
    lambdaUrl,
    resources: Object.fromEntries(resources),
    parameters: template.Parameters ?? {},
    extensions: {},
    functions: Object.fromEntries(
      functions
        .filter(({ key }) => own.includes(key))
        .map(({ key, name: functionName, timeoutSeconds }) => [
          key,
          { name: functionName, timeoutSeconds, events: eventsOf(template, key) },
        ]),
    ),
  };
}

/** The event source mappings of a function, as its `stream` and `sqs` events. */
function eventsOf(template: PackagedService['template'], key: string): Readonly<Record<string, unknown>>[] {
  return resourcesOf(template, 'AWS::Lambda::EventSourceMapping')
    .map(([, { Properties }]) => Properties)
    .filter(({ FunctionName }) => functionKey(target(FunctionName) ?? '') === key)
    .map((mapping) => ('StartingPosition' in mapping ? { stream: streamOf(mapping) } : { sqs: queueOf(mapping) }));
}

function streamOf({ EventSourceArn: arn, MaximumBatchingWindowInSeconds: batchWindow, ...mapping }: Properties) {
  const { BatchSize: batchSize, MaximumRetryAttempts: maximumRetryAttempts, FilterCriteria } = mapping;
  const type = JSON.stringify(arn).includes('StreamArn') ? 'dynamodb' : 'kinesis';
  const { Filters = [] } = (FilterCriteria ?? {}) as { Filters?: readonly { readonly Pattern: string }[] };
  return {
    ...{ type, arn, batchSize, batchWindow, maximumRetryAttempts, functionResponseType: 'ReportBatchItemFailures' },
    filterPatterns: Filters.map(({ Pattern }) => JSON.parse(Pattern) as unknown),
  };
}

function queueOf({ EventSourceArn: arn, BatchSize: batchSize, ScalingConfig }: Properties) {
  const { MaximumConcurrency: maximumConcurrency } = (ScalingConfig ?? {}) as { MaximumConcurrency?: number };
  return { arn, batchSize, maximumConcurrency, functionResponseType: 'ReportBatchItemFailures' };
}
