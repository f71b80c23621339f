import { markOwnResponses } from '../api-door/mark-own-responses.ts';
import { blockedPort, blockedPortProblem } from '../ports/blocked-port.ts';
import { expectFreePort } from '../ports/expect-free-port.ts';
import { freePort } from '../ports/free-port.ts';
import { localPorts, numberedService, type ServicePorts } from '../ports/local-ports.ts';
import { describeService } from './describe-service.ts';
import { leaveAtTheEnd } from './leave-at-the-end.ts';
import { joinLocalAws, joinOrStartLocalAws } from './local-aws-process.ts';
import { prepareFunctions } from './prepare-functions.ts';
import type { ServerlessInstance } from './serverless-instance.ts';

/**
 * Makes `serverless offline` run against the local AWS: joins it or starts it, creates the service's resources, and
 * leads the functions' clients to the AWS door. List it before serverless-offline.
 */
export class LocalPlugin {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;
  readonly #serverless: ServerlessInstance;

  constructor(serverless: ServerlessInstance) {
    this.#serverless = serverless;
    const prepare = () =>
      this.#prepare().catch((error: Error) => {
        throw new serverless.classes.Error(error.message);
      });
    // `serverless offline` runs the first, `serverless offline start` the second.
    this.hooks = { 'before:offline:start': prepare, 'before:offline:start:init': prepare };
  }

  async #prepare(): Promise<void> {
    const { service } = this.#serverless;
    const portOffset = readPortOffset();
    const awsUrl = `http://127.0.0.1:${localPorts(portOffset).aws}`;
    forgetOwnAccount();
    const ports = await servicePorts(service.service, portOffset);
    await Promise.all([ports.http, ports.lambda].map(expectFreePort));
    await Promise.all([findLocalAws(awsUrl, portOffset), markOwnResponses()]);
    const registration = describeService(service, `http://127.0.0.1:${ports.lambda}`);
    await tell(awsUrl, registration.name, { method: 'POST', body: JSON.stringify(registration) });
    prepareFunctions(service, { resources: registration.resources, region: registration.region, awsUrl });
    service.custom = { ...service.custom, 'serverless-offline': offlineOptions(service.custom, ports) };
    leaveAtTheEnd(() => tell(awsUrl, registration.name, { method: 'DELETE' }));
  }
}

// biome-ignore lint/style/noDefaultExport: osls takes the default export of a plugin's module, and no other
export default LocalPlugin;

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
  };
}

async function tell(awsUrl: string, name: string, request: RequestInit): Promise<void> {
  const response = await fetch(`${awsUrl}/_weir/services/${encodeURIComponent(name)}`, request);
  if (response.ok) return;
  const { message } = (await response.json()) as { message: string };
  throw new Error(`The local AWS refused ${name}: ${message}`);
}
