import { join } from 'node:path';
import { localToken } from '../access/local-token.ts';
import { namedHosts } from '../access/own-host.ts';
import { httpEventsOf, originsOf } from '../api-door/gateway/http-event.ts';
import { type Bundler, keepLastGoodBundles } from '../bundles/live-bundles.ts';
import { runFrom } from '../function-environments/handler-runner.ts';
import { replaceInEmulator } from '../function-environments/replace-in-emulator.ts';
import { ROOT_DIR, stateDir } from '../local-stage/state-dir.ts';
import { blockedPort, blockedPortProblem } from '../ports/blocked-port.ts';
import { expectFreePort } from '../ports/expect-free-port.ts';
import { freePort } from '../ports/free-port.ts';
import { localPorts, numberedService, type ServicePorts } from '../ports/local-ports.ts';
import type { ServiceRegistration } from '../registration/service-registration.ts';
import { keepValidation } from '../settings/keep-validation.ts';
import { buildForOffline } from './build-for-offline.ts';
import { describeService } from './describe-service.ts';
import { expectHandlers } from './expect-handlers.ts';
import { guardEmulator } from './guard-emulator.ts';
import { leaveAtTheEnd } from './leave-at-the-end.ts';
import { joinLocalAws, joinOrStartLocalAws } from './local-aws-process.ts';
import { prepareFunctions } from './prepare-functions.ts';
import type { ServerlessInstance } from './serverless-instance.ts';
import { startTimes } from './start-times.ts';
import { watchLocalAws } from './watch-local-aws.ts';

/**
 * Makes `serverless offline` run against the local AWS: joins it or starts it, creates the service's resources, and
 * leads the functions' clients to the AWS door. List it before serverless-offline.
 */
export class LocalPlugin {
  readonly hooks: Readonly<Record<string, () => Promise<void> | void>>;
  readonly #serverless: ServerlessInstance;

  constructor(serverless: ServerlessInstance) {
    this.#serverless = serverless;
    startTimes.passed('framework');
    keepValidationOf(serverless);
    const prepare = () =>
      this.#prepare().catch((error: Error) => {
        throw new serverless.classes.Error(error.message);
      });
    this.hooks = {
      initialize: () => {
        startTimes.passed('settings');
        buildForOffline(serverless.service, serverless.processedInput.commands);
      },
      // `serverless offline` runs the first, `serverless offline start` the second.
      'before:offline:start': prepare,
      'before:offline:start:init': prepare,
    };
  }

  async #prepare(): Promise<void> {
    const { service, serviceDir } = this.#serverless;
    expectHandlers(service, serviceDir);
    const portOffset = readPortOffset();
    const awsUrl = `http://127.0.0.1:${localPorts(portOffset).aws}`;
    forgetOwnAccount();
    const ports = await servicePorts(service.service, portOffset);
    await Promise.all([ports.http, ports.lambda].map(expectFreePort));
    await findLocalAws(awsUrl, portOffset);
    const registration = describeService(service, `http://127.0.0.1:${ports.lambda}`);
    guardPorts(registration, ports);
    await tell(awsUrl, registration.name, { method: 'POST', body: JSON.stringify(registration) });
    startTimes.passed('registered');
    prepareFunctions(service, { resources: registration.resources, region: registration.region, awsUrl });
    service.custom = { ...service.custom, 'serverless-offline': offlineOptions(service.custom, ports) };
    this.#runFunctions();
    endWithLocalAws(awsUrl);
    leaveAtTheEnd(() => tell(awsUrl, registration.name, { method: 'DELETE' }));
  }

  /** Functions run in environments of ours, from bundles of ours if the service has our bundler. */
  #runFunctions(): void {
    const { pluginManager, classes } = this.#serverless;
    replaceInEmulator();
    const bundler = pluginManager.plugins.find((plugin): plugin is Bundler => 'firstEntries' in plugin);
    if (bundler === undefined) return;
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    const failure = (sentence: string): Error => new classes.Error(sentence);
    runFrom(keepLastGoodBundles(bundler, { rootDir: ROOT_DIR, say, failure }));
  }
}

// biome-ignore lint/style/noDefaultExport: osls takes the default export of a plugin's module, and no other
export default LocalPlugin;

/** Where settings that do not fit are only warned of, each start is to show that. */
function keepValidationOf({ service, processedInput, configSchemaHandler }: ServerlessInstance): void {
  if (processedInput.commands[0] !== 'offline' || service.configValidationMode !== 'error') return;
  keepValidation(configSchemaHandler, join(ROOT_DIR, 'node_modules/.cache/weir-settings'));
}

function readPortOffset(): number {
  const portOffset = Number(process.env.WEIR_PORT_OFFSET ?? 0);
  const blocked = blockedPort(portOffset);
  if (blocked !== undefined) throw new Error(blockedPortProblem(portOffset, blocked));
  return portOffset;
}

/** `npm start` starts the local AWS beside the services, and tells them not to start one. */
function findLocalAws(awsUrl: string, portOffset: number): Promise<'joined' | 'started'> {
  return process.env.WEIR_LOCAL_AWS === 'join' ? joinLocalAws(awsUrl) : joinOrStartLocalAws(awsUrl, portOffset);
}

/** `npm start` ends its services itself, with the reason. */
function endWithLocalAws(url: string): void {
  if (process.env.WEIR_LOCAL_AWS === 'join') return;
  const onLost = (sentence: string) => {
    process.stderr.write(`${sentence}\n`);
    // serverless-offline ends in order, and would end with 0.
    process.once('exit', () => {
      process.exitCode = 1;
    });
    process.kill(process.pid, 'SIGTERM');
  };
  void watchLocalAws({ url, onLost });
}

/** Pages may call the API if the service names their origin. Only programs may invoke functions. */
function guardPorts({ functions }: ServiceRegistration, { lambda }: ServicePorts): void {
  const hosts = namedHosts(process.env);
  const named = originsOf(httpEventsOf(functions));
  guardEmulator((port) => ({ hosts, origins: () => (port === lambda ? [] : named), hasPages: port !== lambda }));
}

/**
 * serverless-offline passes every AWS_ variable on to the functions; the variables of a real account must not get
 * there.
 */
function forgetOwnAccount(): void {
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_DEFAULT_PROFILE']) delete process.env[name];
}

async function servicePorts(serviceName: string, portOffset: number): Promise<ServicePorts> {
  const name = numberedService(serviceName);
  if (name !== undefined) return localPorts(portOffset).service(name);
  return { http: await freePort(), lambda: await freePort(), websocket: await freePort() };
}

function offlineOptions(custom: Record<string, unknown> | undefined, ports: ServicePorts): object {
  const given = custom?.['serverless-offline'];
  return {
    ...(typeof given === 'object' ? given : {}),
    host: '127.0.0.1',
    httpPort: ports.http,
    lambdaPort: ports.lambda,
    websocketPort: ports.websocket,
    // Browsers send the cookies of every port of localhost here, and one that it cannot read would be a 400.
    disableCookieValidation: true,
    // The environments end what takes too long.
    noTimeout: true,
  };
}

async function tell(awsUrl: string, name: string, request: RequestInit): Promise<void> {
  const headers = { authorization: `Bearer ${localToken(stateDir)}`, 'content-type': 'application/json' };
  const response = await fetch(`${awsUrl}/_weir/services/${encodeURIComponent(name)}`, { ...request, headers });
  if (response.ok) return;
  if (response.status === 401) {
    throw new Error(
      `The local AWS at ${awsUrl} keeps its state elsewhere, so that ${name} has not its token: end it, or move all ports with WEIR_PORT_OFFSET.`,
    );
  }
  const { message } = (await response.json()) as { message: string };
  throw new Error(`The local AWS refused ${name}: ${message}`);
}
