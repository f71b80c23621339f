import { fork } from 'node:child_process';
import { once } from 'node:events';
import { DynamoDBClient, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoMetricsStore, type RowWrite } from '@weir/dynamodb';
import { cpuMsOfAsync, median, quantile } from '../measure/cpu.ts';

const ROWS = 1_000;
/** A row of an hour with its sketches, in the middle of the hour. */
const BODY_BYTES = 900;
const PUTS_AT_ONCE = 16;
const ITEMS_PER_TRANSACTION = 100;

/** One way to write a thousand rows, each with a condition. */
export interface RowsMeasure {
  readonly way: string;
  readonly requests: number;
  readonly cpuMs: number;
  readonly quartiles: readonly [number, number];
  /** Write units of each row, as a multiple of a plain write's. */
  readonly price: number;
}

/** The number of measured runs of each way, and of unmeasured runs before them. */
export interface RowsRounds {
  readonly rounds: number;
  readonly warmUps?: number;
}

/** CPU of this process for a thousand conditional rows, against a server that answers at once. */
export async function measureRows({ rounds, warmUps = 3 }: RowsRounds): Promise<RowsMeasure[]> {
  const server = fork(new URL('./null-server.ts', import.meta.url));
  const [port] = (await once(server, 'message')) as [number];
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials });
  try {
    const ways = waysOf(client);
    const figures: number[][] = ways.map(() => []);
    for (let round = -warmUps; round < rounds; round++) {
      for (const [at, { write }] of ways.entries()) {
        const ms = await cpuMsOfAsync(write);
        if (round >= 0) figures[at]?.push(ms);
      }
    }
    return ways.map(({ way, requests, price }, at) => {
      const own = figures[at] ?? [];
      return { way, requests, price, cpuMs: median(own), quartiles: [quantile(own, 0.25), quantile(own, 0.75)] };
    });
  } finally {
    client.destroy();
    server.disconnect();
  }
}

function waysOf(client: DynamoDBClient) {
  const tableName = 'metrics';
  const store = createDynamoMetricsStore({ client, tableName });
  const rows = Array.from({ length: ROWS }, (_, i): RowWrite => {
    const key = { kind: 'hour' as const, subject: `action.${i % 20}`, bucket: 490_000 + i, logId: '1.0' };
    return { key, upTo: 7, body: new Uint8Array(BODY_BYTES).fill(i), madeFrom: 6, expiresAt: 2_000_000_000 };
  });
  const puts = rows.map((row) => putOf(tableName, row));
  return [
    { way: 'PutItem each, 16 at once', requests: ROWS, price: 1, write: () => putEach(client, puts) },
    { way: 'BatchExecuteStatement of 25 (chosen)', requests: ROWS / 25, price: 1, write: () => store.writeRows(rows) },
    { way: 'TransactWriteItems of 100', requests: 10, price: 2, write: () => transact(client, puts) },
  ];
}

type RowPut = ReturnType<typeof putOf>;

function putOf(TableName: string, { key, upTo, body, madeFrom, expiresAt }: RowWrite) {
  return {
    TableName,
    Item: {
      pk: { S: `hour#${key.subject}` },
      sk: { S: `${key.bucket}#${key.logId}` },
      upTo: { N: String(upTo) },
      body: { B: body },
      expiresAt: { N: String(expiresAt) },
    },
    ConditionExpression: 'upTo = :madeFrom',
    ExpressionAttributeValues: { ':madeFrom': { N: String(madeFrom) } },
  };
}

async function putEach(client: DynamoDBClient, puts: readonly RowPut[]): Promise<void> {
  const left = puts.values();
  const worker = async () => {
    for (const put of left) await client.send(new PutItemCommand(put));
  };
  await Promise.all(Array.from({ length: PUTS_AT_ONCE }, worker));
}

async function transact(client: DynamoDBClient, puts: readonly RowPut[]): Promise<void> {
  for (let at = 0; at < puts.length; at += ITEMS_PER_TRANSACTION) {
    const TransactItems = puts.slice(at, at + ITEMS_PER_TRANSACTION).map((Put) => ({ Put }));
    await client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken: `token-${at}` }));
  }
}
