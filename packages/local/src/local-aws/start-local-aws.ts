import { join } from 'node:path';
import { newSecret } from '../access/local-token.ts';
import { namedHosts } from '../access/own-host.ts';
import { createAwsClient } from '../aws-calls/aws-client.ts';
import { createAwsDoor } from '../aws-door/aws-door.ts';
import { createBucketCors } from '../aws-door/bucket-cors.ts';
import { createFaultRules } from '../aws-door/faults.ts';
import { recordNeeds } from '../aws-door/rights/record/record-needs.ts';
import { createRights } from '../aws-door/rights/rights.ts';
import { createUsageCounter } from '../aws-door/usage.ts';
import { claim, expectUnclaimed } from '../data-dir/data-dir-claim.ts';
import { startEmulators } from '../emulators/start-emulators.ts';
import { createEventSources } from '../event-sources/event-sources.ts';
import { answerInvokeCalls } from '../invoke/invoke-calls.ts';
import { isInvokable } from '../invoke/lambda-invoke.ts';
import { expectFreePort } from '../ports/expect-free-port.ts';
import { localPorts } from '../ports/local-ports.ts';
import { endWithin } from '../processes/end-within.ts';
import { createServiceRegistry, type ServiceRegistry } from '../registration/service-registry.ts';
import { createResources } from '../resources/create-resources.ts';
import { createServiceSockets } from '../socket-door/index.ts';
import { createStateMachines } from '../step-functions/state-machines.ts';
import { createControl } from './control.ts';
import type { LocalAws, LocalAwsOptions } from './local-aws.ts';

/** The caller that creates resources; counts show it apart from the functions. */
const RESOURCE_CALLER = 'weirresources';
/** The caller that sends what becomes of an event to its destination. */
const INVOKE_CALLER = 'lambdainvoke';
/** How long invocations may go on when the local AWS ends. */
const UNDER_WAY_MS = 2_000;

/**
 * Starts the local AWS; resolves when every emulator answers. Throws if the port is taken or an emulator cannot start.
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { dataDir, portOffset = 0, port = localPorts(portOffset).aws, log = () => {} } = options;
  const { token = newSecret(), tell = log } = options;
  await expectFreePort(port);
  if (dataDir !== undefined) await expectUnclaimed(dataDir);
  const emulators = await startEmulators({ dataDir, engine: options.dynamodbEngine, tell, log });
  const usage = createUsageCounter();
  const faults = createFaultRules();
  const { WEIR_CALLS_RECORD: record } = process.env;
  const rights = createRights(log, record === undefined ? undefined : recordNeeds(record));
  const cors = createBucketCors();
  const mailUrl = `http://127.0.0.1:${emulators.mail.port}`;
  const sources = createEventSources({
    kinesisPort: emulators.kinesis.port,
    checkOf: rights.checkOf,
    checkpointFile: dataDir && join(dataDir, 'checkpoints.json'),
    url: () => door.url,
    log,
  });
  emulators.storage.joinTopics(sources);
  const machines = createStateMachines(rights.checkOf);
  const invokeCalls = answerInvokeCalls({
    services: () => registry.registrations(),
    aws: createAwsClient(() => door.url, INVOKE_CALLER),
    awsUrl: () => door.url,
    checkOf: rights.checkOf,
    log,
  });
  const sockets = createServiceSockets({
    port: localPorts(portOffset).sockets,
    services: () => registry.statuses(),
    hosts: namedHosts(process.env),
    log,
  });
  const registry: ServiceRegistry = createServiceRegistry({
    prepare: async (registration) => {
      sources.check(registration);
      await sockets.prepare(registration);
      rights.learn(registration, door.url);
      cors.learn(registration, door.url);
      const aws = createAwsClient(() => door.url, RESOURCE_CALLER);
      await createResources(aws, { ...registration, awsUrl: door.url }, log);
    },
    join: async (registration) => {
      const running = [await sources.start(registration), machines.join(registration, door.url)];
      return {
        stop: async () => {
          await Promise.all(running.map((part) => part.stop()));
        },
      };
    },
    reachable: isInvokable,
    log,
  });
  const door = await createAwsDoor({
    port,
    backends: {
      ...emulators.backends,
      states: { answer: machines.answer },
      'execute-api': { answer: sockets.answer },
      lambda: { answer: invokeCalls },
    },
    fault: faults.pick,
    rights,
    hosts: namedHosts(process.env),
    cors,
    onCall: (call, result) => {
      usage.count(call, result);
      sources.observe(call, result);
    },
    control: createControl({
      token,
      usage,
      faults,
      mailUrl,
      register: registry.register,
      unregister: registry.unregister,
      services: registry.statuses,
    }),
  }).catch(async (error: unknown) => {
    await emulators.close();
    throw error;
  });
  const unclaim = dataDir === undefined ? () => {} : claim(dataDir, door.url);
  return {
    url: door.url,
    token,
    mailUrl,
    pushUrl: sockets.url,
    notices: () => [...emulators.notices, ...sources.notices(), ...sockets.notices()],
    usage: usage.usage,
    resetUsage: usage.reset,
    addFaults: (...rules) => faults.add(rules),
    clearFaults: faults.clear,
    registerService: registry.register,
    unregisterService: registry.unregister,
    services: registry.statuses,
    waitForServices: registry.waitFor,
    lost: emulators.lost,
    close: async () => {
      // An invocation that takes longer, such as a sweep, finds the door closed. Its event comes again after the next
      // start.
      await endWithin(Promise.all([registry.close(), machines.close()]), UNDER_WAY_MS);
      await sockets.close();
      await door.close();
      await emulators.close();
      unclaim();
    },
  };
}
