import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  createAwsDoor,
  createBucketCors,
  createRights,
  createUsageCounter,
  openApiDoor,
  routesOf,
} from '@weir/local/doors';
import { memoryInUse } from '../measure/memory.ts';
import type { FromCaller, ToCaller } from './door-messages.ts';

/** The memory of the doors' process after some calls. */
export interface DoorsMemory {
  readonly calls: number;
  /** After a full collection, with open connections. */
  readonly megabytes: number;
  readonly residentMegabytes: number;
  /** The number of answers by status, over all rounds so far. */
  readonly statuses: Readonly<Record<string, number>>;
}

const MEGABYTE = 1024 * 1024;
const MODEL = { type: 'object', properties: { events: { type: 'array' } } };
const HTTP = [
  { method: 'get', path: 'v1/things/{id}' },
  { method: 'post', path: 'v1/things', request: { schemas: { 'application/json': MODEL } } },
  { method: 'get', path: 'v1/kept/{id}', authorizer: { name: 'f', type: 'request', resultTtlInSeconds: 60 } },
];

/**
 * Calls both doors from another process, in `rounds` of `calls`, and measures this process's memory after each round.
 */
export async function measureDoors({ rounds, calls }: { rounds: number; calls: number }): Promise<DoorsMemory[]> {
  const child = fork(join(import.meta.dirname, 'door-caller.ts'));
  const { port } = (await answerOf(child)) as Extract<FromCaller, { kind: 'listening' }>;
  const doors = await openDoors(port);
  const measured: DoorsMemory[] = [];
  const statuses: Record<string, number> = {};
  for (let round = 1; round <= rounds; round += 1) {
    child.send({ calls, ...doors.ports } satisfies ToCaller);
    const called = (await answerOf(child)) as Extract<FromCaller, { kind: 'called' }>;
    for (const [status, count] of Object.entries(called.statuses)) statuses[status] = (statuses[status] ?? 0) + count;
    const megabytes = memoryInUse() / MEGABYTE;
    const residentMegabytes = process.memoryUsage.rss() / MEGABYTE;
    measured.push({ calls: round * calls, megabytes, residentMegabytes, statuses: { ...statuses } });
  }
  await doors.close();
  child.disconnect();
  return measured;
}

async function answerOf(child: ChildProcess): Promise<FromCaller> {
  const [message] = await once(child, 'message');
  return message as FromCaller;
}

async function openDoors(port: number) {
  const usage = createUsageCounter();
  const aws = await createAwsDoor({
    port: 0,
    backends: { dynamodb: { port }, s3: { port } },
    fault: () => undefined,
    rights: createRights(() => {}),
    onCall: usage.count,
    hosts: [],
    cors: createBucketCors(),
    control: async (exchange) => exchange.send({ status: 404, headers: {}, body: Buffer.alloc(0) }),
  });
  const definition = { name: 'f', timeoutSeconds: 6, events: HTTP.map((http) => ({ http })) };
  const service = { region: 'us-east-1', lambdaUrl: `http://127.0.0.1:${port}`, functions: { f: definition } };
  const api = await openApiDoor(
    {
      stage: 'local',
      gatewayResponses: () => [],
      routes: () => routesOf([service]),
      newRequestId: randomUUID,
    },
    0,
  );
  return {
    ports: { apiPort: Number(new URL(api.url).port), awsPort: Number(new URL(aws.url).port) },
    close: () => Promise.all([api.close(), aws.close()]),
  };
}
