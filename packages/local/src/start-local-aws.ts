import { join } from 'node:path';
import { createControl } from './control.ts';
import { claim, expectUnclaimed } from './data-dir-claim.ts';
import { createAwsDoor } from './door/aws-door.ts';
import { createFaultRules } from './door/faults.ts';
import { createListRights } from './door/list-rights.ts';
import { createUsageCounter } from './door/usage.ts';
import { createEventSources } from './event-sources/event-sources.ts';
import { isInvokable } from './event-sources/lambda-invoke.ts';
import { expectFreePort } from './expect-free-port.ts';
import type { LocalAws, LocalAwsOptions } from './local-aws.ts';
import { startParts } from './parts/start-parts.ts';
import { localPorts } from './ports.ts';
import { createAwsClient } from './resources/aws-client.ts';
import { createResources } from './resources/create-resources.ts';
import { createServiceRegistry, type ServiceRegistry } from './service-registry.ts';
import { createStateMachines } from './step-functions/state-machines.ts';

/** The caller that resources are created as; counts show it apart from the functions. */
const RESOURCE_CALLER = 'weirresources';

/** Starts the local AWS and resolves when every part answers. Throws when the port is taken or a part cannot start. */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { dataDir, portOffset = 0, port = localPorts(portOffset).aws, log = () => {} } = options;
  await expectFreePort(port);
  if (dataDir !== undefined) await expectUnclaimed(dataDir);
  const parts = await startParts(dataDir);
  const usage = createUsageCounter();
  const faults = createFaultRules();
  const rights = createListRights();
  const mailUrl = `http://127.0.0.1:${parts.mail.port}`;
  const sources = createEventSources({
    kinesisPort: parts.kinesis.port,
    checkpointFile: dataDir && join(dataDir, 'checkpoints.json'),
    url: () => door.url,
    log,
  });
  const machines = createStateMachines();
  const registry: ServiceRegistry = createServiceRegistry({
    prepare: async (registration) => {
      rights.learn(registration, door.url);
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
    backends: { ...parts.backends, states: { answer: machines.answer } },
    fault: faults.pick,
    mayList: rights.mayList,
    onCall: (call, result) => {
      usage.count(call, result);
      sources.observe(call, result);
    },
    control: createControl({
      usage,
      faults,
      mailUrl,
      register: registry.register,
      unregister: registry.unregister,
      services: registry.statuses,
    }),
  }).catch(async (error: unknown) => {
    await parts.close();
    throw error;
  });
  const unclaim = dataDir === undefined ? () => {} : claim(dataDir, door.url);
  return {
    url: door.url,
    mailUrl,
    usage: usage.usage,
    resetUsage: usage.reset,
    registerService: registry.register,
    unregisterService: registry.unregister,
    services: registry.statuses,
    waitForServices: registry.waitFor,
    close: async () => {
      await registry.close();
      await machines.close();
      await door.close();
      await parts.close();
      unclaim();
    },
  };
}
