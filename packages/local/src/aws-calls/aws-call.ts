/** How a service frames its requests and its errors on the wire. */
export type WireFormat = 'json' | 'query' | 's3' | 'rest-json' | 'cbor';

/** What the door knows about a call before it is made. */
export interface AwsCall {
  /** The signature's service: `dynamodb`, `kinesis`, `s3`, `sqs`, … */
  readonly service: string;
  /** The operation: `PutItem`, `PutRecords`, `GetObject`, … */
  readonly action: string;
  /** The table, stream, `bucket/key`, queue, topic, secret or parameter; tables of a batch are joined by commas. */
  readonly resource: string | undefined;
  /** The access key id that signed the call. */
  readonly caller: string | undefined;
  readonly region: string;
  readonly format: WireFormat;
  readonly requestBytes: number;
}

/** The result of a call. */
export interface AwsCallResult {
  /** The HTTP status that was sent to the caller; undefined if the connection was dropped instead. */
  readonly status: number | undefined;
  readonly responseBytes: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

/** The head of a request, from either HTTP version. */
export interface RequestHead {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A whole answer. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}
