/** What an action answered; `error` is the name of the exception, without its namespace. */
export interface WireAnswer extends Readonly<Record<string, unknown>> {
  readonly error?: string;
}

export type Attribute = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, Attribute>>;

export interface TableOptions {
  /** The type of `sk`: a text, if not said otherwise. */
  readonly sortKey?: 'S' | 'N' | 'B';
  /** The view of its stream; none without. */
  readonly stream?: string;
  /** The attribute by which items expire. */
  readonly ttl?: string;
  /** The name of an index by `g` that holds the keys only. */
  readonly index?: string;
}

/** DynamoDB and its streams by their wire format: an SDK would hide what an engine gets wrong. */
export interface WireClient {
  call(action: string, request: object): Promise<WireAnswer>;
  stream(action: string, request: object): Promise<WireAnswer>;
  /** Makes a table with the keys `pk` and `sk`, and what is asked for beside. */
  table(more?: TableOptions): Promise<string>;
  put(table: string, item: Item): Promise<WireAnswer>;
  get(table: string, key: Item): Promise<Item | undefined>;
  /** Every item of a partition, over all pages. */
  partition(table: string, pk: string): Promise<readonly Item[]>;
}

export const text = (value: string): Attribute => ({ S: value });
export const number = (value: number | string): Attribute => ({ N: String(value) });
export const key = (pk: string, sk = 's'): Item => ({ pk: text(pk), sk: text(sk) });

const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20200101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=contract/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

let tables = 0;

/** Opens a client of whatever answers at `url`. */
export function openWireClient(url: () => string): WireClient {
  const send = async (target: string, request: object): Promise<WireAnswer> => {
    const headers = { ...HEADERS, 'x-amz-target': target };
    const response = await fetch(url(), { method: 'POST', headers, body: JSON.stringify(request) });
    const answer = (await response.json()) as WireAnswer;
    return response.ok ? answer : { ...answer, error: String(answer.__type).replace(/^.*#/, '') };
  };
  const call: WireClient['call'] = (action, request) => send(`DynamoDB_20120810.${action}`, request);
  return {
    call,
    stream: (action, request) => send(`DynamoDBStreams_20120810.${action}`, request),
    table: async (options = {}) => {
      const TableName = `contract-${tables++}`;
      await call('CreateTable', { TableName, ...definition(options) });
      const TimeToLiveSpecification = { AttributeName: options.ttl, Enabled: true };
      if (options.ttl !== undefined) await call('UpdateTimeToLive', { TableName, TimeToLiveSpecification });
      return TableName;
    },
    put: (TableName, item) => call('PutItem', { TableName, Item: item }),
    get: async (TableName, wanted) =>
      (await call('GetItem', { TableName, Key: wanted, ConsistentRead: true })).Item as Item | undefined,
    partition: async (TableName, pk) => {
      const items: Item[] = [];
      let ExclusiveStartKey: unknown;
      do {
        const page = await call('Query', { TableName, ExclusiveStartKey, ...ofPartition(pk) });
        items.push(...(page.Items as Item[]));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return items;
    },
  };
}

/** The condition of a query for a whole partition. */
export function ofPartition(pk: string): object {
  return { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': text(pk) }, ConsistentRead: true };
}

function definition({ sortKey = 'S', stream, index }: TableOptions): object {
  const attributes = { pk: 'S', sk: sortKey, ...(index === undefined ? {} : { g: 'S' }) };
  const indexes = [
    {
      IndexName: index,
      KeySchema: [{ AttributeName: 'g', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ];
  return {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: Object.entries(attributes).map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    ...(stream === undefined ? {} : { StreamSpecification: { StreamEnabled: true, StreamViewType: stream } }),
    ...(index === undefined ? {} : { GlobalSecondaryIndexes: indexes }),
  };
}
