import {
  type AttributeDefinition,
  CreateTableCommand,
  DynamoDBClient,
  type GlobalSecondaryIndex,
} from '@aws-sdk/client-dynamodb';
import type { LocalAws } from '../local-aws/local-aws.ts';
import { startLocalAws } from '../local-aws/start-local-aws.ts';

/** Tables of the shape of `metrics` on their own local AWS, for tests and benchmarks. */
export interface LocalTables {
  /** A new, empty table, with an index if there is one. */
  create(indexed?: TableIndex): Promise<{ client: DynamoDBClient; tableName: string }>;
  /** The local AWS behind them: its counters and its faults. */
  aws(): Promise<LocalAws>;
  close(): Promise<void>;
}

/** An index of a table, and what it needs beside the table's key. */
export interface TableIndex {
  readonly attributes: readonly AttributeDefinition[];
  readonly index: GlobalSecondaryIndex;
}

/** Starts a local AWS in memory, on a free port, when the first table is asked for. */
export function openLocalTables(): LocalTables {
  let started: Promise<{ aws: LocalAws; client: DynamoDBClient }> | undefined;
  let count = 0;

  const start = () => {
    started ??= startLocalAws({ dataDir: undefined, port: 0 }).then((aws) => {
      const credentials = { accessKeyId: 'tester', secretAccessKey: 'local' };
      return { aws, client: new DynamoDBClient({ endpoint: aws.url, region: 'us-east-1', credentials }) };
    });
    return started;
  };

  return {
    async create(indexed) {
      const { client } = await start();
      const tableName = `metrics-${count++}`;
      await client.send(
        new CreateTableCommand({
          TableName: tableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [
            ...['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' }) as const),
            ...(indexed?.attributes ?? []),
          ],
          ...(indexed && { GlobalSecondaryIndexes: [indexed.index] }),
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
        }),
      );
      return { client, tableName };
    },
    aws: async () => (await start()).aws,
    async close() {
      if (!started) return;
      const { aws, client } = await started;
      client.destroy();
      await aws.close();
    },
  };
}
