import { DynamoDBClient, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoMetricsStore, type RowWrite } from '@weir/dynamodb';
import { type ClientCpu, type ClientWay, measureClientCpu, type Rounds } from '../measure/client-cpu.ts';

const ROWS = 1_000;
/** A row of an hour with its sketches, in the middle of the hour. */
const BODY_BYTES = 900;
const PUTS_AT_ONCE = 16;
const ITEMS_PER_TRANSACTION = 100;

/** One way to write a thousand rows, each with a condition. */
export interface RowsWay extends ClientWay {
  readonly requests: number;
  /** Write units of each row, as a multiple of a plain write's. */
  readonly price: number;
}

/** CPU for a thousand conditional rows. */
export async function measureRows(rounds: Rounds): Promise<Array<RowsWay & ClientCpu>> {
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'local' };
  return measureClientCpu(
    (endpoint) => waysOf(new DynamoDBClient({ endpoint, region: 'us-east-1', credentials })),
    rounds,
  );
}

function waysOf(client: DynamoDBClient): RowsWay[] {
  const tableName = 'metrics';
  const store = createDynamoMetricsStore({ client, tableName });
  const rows = Array.from({ length: ROWS }, (_, i): RowWrite => {
    const key = { kind: 'hour' as const, subject: `action.${i % 20}`, bucket: 490_000 + i, logId: '1.0' };
    return { key, upTo: 7, body: new Uint8Array(BODY_BYTES).fill(i), madeFrom: 6, expiresAt: 2_000_000_000 };
  });
  const puts = rows.map((row) => putOf(tableName, row));
  return [
    { way: 'PutItem each, 16 at once', requests: ROWS, price: 1, run: () => putEach(client, puts) },
    { way: 'BatchExecuteStatement of 25 (chosen)', requests: ROWS / 25, price: 1, run: () => store.writeRows(rows) },
    { way: 'TransactWriteItems of 100', requests: 10, price: 2, run: () => transact(client, puts) },
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
