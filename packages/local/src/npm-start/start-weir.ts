import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { localToken } from '../access/local-token.ts';
import { namedHosts } from '../access/own-host.ts';
import { type ApiClient, createApiClient } from '../api-client/api-client.ts';
import { openLogFile } from '../developing/log-file.ts';
import { type NamedLog, showWork } from '../developing/show-work.ts';
import type { LocalAws } from '../local-aws/local-aws.ts';
import { readSecret } from '../local-aws/read-secret.ts';
import type { LocalFile } from '../local-stage/local-file.ts';
import { LOCAL_STAGE, localFileOf } from '../local-stage/local-stage.ts';
import { localPorts } from '../ports/local-ports.ts';
import { storeExists } from '../sample/sample-state.ts';
import type { Progress } from '../terminal/progress.ts';
import { lastWords } from '../terminal/unexpected-problem.ts';
import type { Closers } from './closers.ts';
import { COMPILE_CACHE } from './compile-cache.ts';
import { findServices, type ServiceProcess, startService } from './service-process.ts';
import type { StartOptions } from './start-options.ts';

/** Node's own default, which debuggers look for. */
const INSPECT_PORT = 9229;
const SERVICES_TIMEOUT_MS = 90_000;
const HEALTH_TIMEOUT_MS = 30_000;

type LateParts = typeof import('./late-parts.ts');

/** What is needed to start. */
export interface WeirStart {
  readonly options: StartOptions;
  readonly rootDir: string;
  readonly weirDir: string;
  readonly progress: Progress;
  /** Takes everything that was started, as soon as it was: the caller ends it, whether or not the start succeeds. */
  readonly closers: Closers;
  /** Takes a line for the developer. */
  readonly show: (line: string) => void;
}

/** Everything running and ready. */
export interface Weir {
  readonly local: LocalFile;
  readonly api: ApiClient;
  /** Sentences to show at the start. */
  readonly notices: readonly string[];
  /** The logs of the services and of the local AWS. */
  readonly logs: readonly NamedLog[];
  /** Resolves when a service, or a part of the local AWS, has ended by itself. */
  readonly lost: Promise<Error>;
}

/** Starts the local AWS and all services at once, then the API's door and the sample; resolves when all is ready. */
export async function startWeir(start: WeirStart): Promise<Weir> {
  const { options, rootDir, weirDir, progress, closers, show } = start;
  const dataDir = join(weirDir, 'data');
  const hadStore = storeExists(dataDir);
  const services = startServices(start);
  const { promise: lost, resolve: lose } = Promise.withResolvers<Error>();
  for (const service of services) void service.ended.then(() => lose(lostError(service)));
  const work = async (): Promise<Weir> => {
    const parts = await import('./late-parts.ts');
    const aws = await progress.during('AWS', startAws(start, dataDir, parts));
    void aws.lost.then((sentence) => lose(new Error(sentence)));
    const sample = parts.startSampleLoading({ awsUrl: aws.url, dataDir, hadStore, empty: options.empty });
    await progress.during('the services', untilServicesReady(aws, services));
    const logs = [...services, { name: 'aws', logFile: awsLogFile(weirDir) }];
    // What is called next may be a function whose build is broken.
    closers.add(showWork({ rootDir, logs, wholeLog: options.log, write: show }));
    const { local, api } = await openApi(aws, start, parts);
    await progress.during('the API', Promise.all([untilHealthy(api), warmUp(api)]));
    const outcome = await progress.during('the sample', sample.finish(api));
    if (outcome !== 'loaded') progress.done(`the sample: ${outcome}`);
    return { local, api, notices: aws.notices(), logs, lost };
  };
  return Promise.race([work(), lost.then((error) => Promise.reject(error))]);
}

/** One clear text about a service that has ended: its last words, and where the rest is. */
function lostError({ name, logFile }: ServiceProcess): Error {
  const words = lastWords(readFileSync(logFile, 'utf8'));
  if (!words.includes('\n')) return new Error(`The service ${name} ended: ${words} (its log: ${logFile})`);
  return new Error(`The service ${name} ended. Its last lines (all of them are in ${logFile}):\n${words}`);
}

function startServices({ options, rootDir, weirDir, closers }: WeirStart): ServiceProcess[] {
  const servicesDir = join(rootDir, 'services');
  // They wait for the AWS of this process instead of starting one of their own.
  const env = {
    NODE_COMPILE_CACHE: COMPILE_CACHE,
    // The links of mails lead to this start's API.
    WEIR_API_URL: `http://localhost:${localPorts(options.portOffset).api}`,
    ...process.env,
    WEIR_PORT_OFFSET: String(options.portOffset),
    WEIR_LOCAL_AWS: 'join',
  };
  return findServices(servicesDir).map((name) => {
    const service = startService({
      name,
      servicesDir,
      logDir: join(weirDir, 'logs'),
      env,
      inspectPort: name === options.inspect ? INSPECT_PORT : undefined,
    });
    closers.add(() => service.close());
    return service;
  });
}

function awsLogFile(weirDir: string): string {
  return join(weirDir, 'logs', 'aws.log');
}

async function startAws(
  { options, weirDir, progress, closers }: WeirStart,
  dataDir: string,
  { startLocalAws }: LateParts,
): Promise<LocalAws> {
  const log = openLogFile(awsLogFile(weirDir), (problem) => progress.done(problem));
  const tell = (sentence: string): void => {
    log(sentence);
    progress.done(sentence);
  };
  const aws = await startLocalAws({ dataDir, portOffset: options.portOffset, token: localToken(weirDir), log, tell });
  closers.add(() => aws.close());
  return aws;
}

async function untilServicesReady(aws: LocalAws, services: readonly ServiceProcess[]): Promise<void> {
  const names = services.map(({ name }) => `weir-${name}`);
  const result = await aws.waitForServices(names, SERVICES_TIMEOUT_MS);
  if (result.outcome === 'timed-out') {
    const logs = services.filter(({ name }) => result.missing.includes(`weir-${name}`)).map(({ logFile }) => logFile);
    throw new Error(
      `Not ready within ${SERVICES_TIMEOUT_MS / 1000} s: ${result.missing.join(', ')}. See ${logs.join(', ')}, and aws.log in the same folder.`,
    );
  }
}

async function openApi(
  aws: LocalAws,
  { options, closers }: WeirStart,
  { openApiDoor, gatewayResponsesOf, routesOf }: LateParts,
): Promise<{ readonly local: LocalFile; readonly api: ApiClient }> {
  const ports = localPorts(options.portOffset);
  const door = await openApiDoor(
    {
      stage: LOCAL_STAGE.stage,
      gatewayResponses: () => aws.services().flatMap(({ resources }) => gatewayResponsesOf(resources)),
      routes: () => routesOf(aws.services()),
      newRequestId: randomUUID,
      hosts: namedHosts(process.env),
    },
    ports.api,
  );
  closers.add(() => door.close());
  const key = await readSecret(aws.url, LOCAL_STAGE.region, LOCAL_STAGE.keySecret);
  const apiUrl = `${door.url}/v1`;
  const pushUrl = aws.pushUrl();
  const { url: awsUrl, mailUrl, token } = aws;
  const push = pushUrl !== undefined && { pushUrl };
  const local = localFileOf({ apiUrl, key, awsUrl, mailUrl, token, pid: process.pid, ...push });
  return { local, api: createApiClient(apiUrl, key) };
}

/** Loads the functions whose figures are shown at the end, and their authorizer, while the function of the health loads. */
async function warmUp(api: ApiClient): Promise<void> {
  await api.actions().catch(() => {});
}

async function untilHealthy(api: ApiClient): Promise<void> {
  const deadline = performance.now() + HEALTH_TIMEOUT_MS;
  while (!(await api.health())) {
    if (performance.now() > deadline) {
      throw new Error(`The API does not answer GET /v1/health within ${HEALTH_TIMEOUT_MS / 1000} s.`);
    }
    await sleep(100);
  }
}
