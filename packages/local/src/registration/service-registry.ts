import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceRegistration, ServiceStatus } from './service-registration.ts';

/** What runs for a service once its functions can be invoked. */
export interface RunningSources {
  stop(): Promise<void>;
}

/** What is needed by the registry. */
export interface RegistryDeps {
  /** Creates the service's resources. */
  readonly prepare: (registration: ServiceRegistration) => Promise<void>;
  /** Starts the service's event sources. */
  readonly join: (registration: ServiceRegistration) => Promise<RunningSources>;
  /** Whether the service's Invoke API answers. */
  readonly reachable: (lambdaUrl: string) => Promise<boolean>;
  readonly log: (line: string) => void;
}

/** The result of waiting for services. */
export type WaitResult =
  | { readonly outcome: 'ready' }
  | { readonly outcome: 'timed-out'; readonly missing: readonly string[] };

/** The services that have registered with the local AWS. */
export interface ServiceRegistry {
  register(registration: ServiceRegistration): Promise<void>;
  unregister(name: string): Promise<void>;
  statuses(): readonly ServiceStatus[];
  registrations(): readonly ServiceRegistration[];
  waitFor(names: readonly string[], timeoutMs: number): Promise<WaitResult>;
  close(): Promise<void>;
}

interface Entry {
  readonly registration: ServiceRegistration;
  state: ServiceStatus['state'];
  readonly stopping: AbortController;
  running: Promise<RunningSources | undefined>;
}

const POLL_MS = 50;

/** Creates an empty registry. */
export function createServiceRegistry(deps: RegistryDeps): ServiceRegistry {
  const entries = new Map<string, Entry>();

  const turns = new Map<string, Promise<void>>();

  /** One after the other for each service: two registrations at once would leave the sources of both running. */
  const inTurn = (name: string, work: () => Promise<void>): Promise<void> => {
    const turn = (turns.get(name) ?? Promise.resolve()).then(work, work);
    turns.set(name, turn);
    return turn;
  };

  const leave = async (name: string) => {
    const entry = entries.get(name);
    if (entry === undefined) return;
    entries.delete(name);
    entry.stopping.abort();
    await (await entry.running)?.stop();
  };

  const enter = async (registration: ServiceRegistration) => {
    await leave(registration.name);
    await deps.prepare(registration);
    const entry: Entry = {
      registration,
      state: 'waiting',
      stopping: new AbortController(),
      running: Promise.resolve(undefined),
    };
    entry.running = joinWhenReachable(registration, entry, deps);
    entries.set(registration.name, entry);
  };

  const unregister = (name: string) => inTurn(name, () => leave(name));

  return {
    register: (registration) => inTurn(registration.name, () => enter(registration)),
    unregister,
    statuses: () =>
      [...entries.values()].map(({ state, registration }) => {
        const { name, region, lambdaUrl, resources, functions, routeSelection } = registration;
        const selection = routeSelection !== undefined && { routeSelection };
        return { name, state, region, lambdaUrl, resources, functions, ...selection };
      }),
    registrations: () => [...entries.values()].map(({ registration }) => registration),
    waitFor: async (names, timeoutMs) => {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const missing = names.filter((name) => entries.get(name)?.state !== 'ready');
        if (missing.length === 0) return { outcome: 'ready' };
        if (performance.now() >= deadline) return { outcome: 'timed-out', missing };
        await sleep(POLL_MS);
      }
    },
    close: async () => {
      await Promise.all([...turns.keys()].map(unregister));
    },
  };
}

async function joinWhenReachable(
  registration: ServiceRegistration,
  entry: Entry,
  { reachable, join, log }: RegistryDeps,
): Promise<RunningSources | undefined> {
  while (!(await reachable(registration.lambdaUrl))) {
    if (entry.stopping.signal.aborted) return undefined;
    await sleep(POLL_MS);
  }
  if (entry.stopping.signal.aborted) return undefined;
  try {
    const running = await join(registration);
    entry.state = 'ready';
    log(`Service ${registration.name} has joined`);
    return running;
  } catch (error) {
    log(`Service ${registration.name} could not join: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
