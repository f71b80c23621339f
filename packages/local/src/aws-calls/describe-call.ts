import type { AwsCall, RequestHead, WireFormat } from './aws-call.ts';
import { readS3Address, type S3Address } from './s3-address.ts';
import { header, readSignature } from './signature.ts';

/** A call, and the parts that were read to understand it. */
export interface DescribedCall {
  readonly call: AwsCall;
  /** The parsed body of a JSON call, or of a mail; Kinesis' bodies are large and stay unparsed. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
}

/** Describes a call of any service but S3, from its head and its whole body. */
export function describeCall(head: RequestHead, body: Buffer): DescribedCall {
  const { service, caller, region } = readSignature(head);
  const common = { service: serviceOf(head, service), caller, region, requestBytes: body.length };
  const target = header(head.headers['x-amz-target']);
  if (target !== '') {
    const action = target.slice(target.lastIndexOf('.') + 1);
    if (common.service === 'kinesis') {
      return { call: { ...common, action, resource: streamName(body), format: 'json' }, json: undefined };
    }
    const json = parseObject(body);
    return { call: { ...common, action, resource: jsonResource(common.service, json), format: 'json' }, json };
  }
  const json = common.service === 'ses' ? parseObject(body) : undefined;
  return { call: { ...common, ...otherProtocols(head, body) }, json };
}

/** Describes an S3 call from its head alone: its body may be large and is streamed. */
export function describeS3Call(head: RequestHead): { readonly call: AwsCall; readonly address: S3Address } {
  const { caller, region } = readSignature(head);
  const address = readS3Address(head);
  const resource = address.key === undefined ? address.bucket : `${address.bucket}/${address.key}`;
  const requestBytes = Number(header(head.headers['content-length']) || 0);
  return {
    call: { service: 's3', action: address.action, resource, caller, region, format: 's3', requestBytes },
    address,
  };
}

/** The target's prefix takes precedence over the signature: an unsigned DynamoDB call is still not an S3 call. */
export function serviceOf(head: RequestHead, signed: string): string {
  const target = header(head.headers['x-amz-target']);
  if (target.startsWith('DynamoDBStreams_')) return 'streams.dynamodb';
  if (target.startsWith('DynamoDB_')) return 'dynamodb';
  if (target.startsWith('Kinesis_')) return 'kinesis';
  return signed;
}

function otherProtocols(
  head: RequestHead,
  body: Buffer,
): { action: string; resource: string | undefined; format: WireFormat } {
  const path = head.target.split('?')[0] ?? '/';
  const cborOperation = /^\/service\/[^/]+\/operation\/([^/]+)$/.exec(path)?.[1];
  if (cborOperation !== undefined) return { action: cborOperation, resource: undefined, format: 'cbor' };
  if (header(head.headers['content-type']).includes('x-www-form-urlencoded')) {
    const form = new URLSearchParams(body.toString('utf8'));
    const resource = form.get('TopicArn') ?? form.get('TargetArn') ?? form.get('QueueUrl') ?? undefined;
    return { action: form.get('Action') ?? 'Unknown', resource: lastName(resource), format: 'query' };
  }
  const functionName = /\/functions\/([^/]+)\/invocations$/.exec(path)?.[1];
  if (functionName !== undefined) return { action: 'Invoke', resource: bareName(functionName), format: 'rest-json' };
  const connection = /\/@connections\/([^/]+)$/.exec(path)?.[1];
  if (connection !== undefined) return { ...connectionCall(head.method, connection), format: 'rest-json' };
  return { action: `${head.method} ${path}`, resource: path, format: 'rest-json' };
}

/** A function's name, of the forms that Lambda takes: a name or an ARN, whole or in part, with a qualifier or without. */
function bareName(encoded: string): string {
  const given = encoded.replaceAll(/%3a/gi, ':');
  return /(?:^|:)function:([^:]+)/.exec(given)?.[1] ?? given.replace(/:.*$/, '');
}

/** The operations of a WebSocket API's clients (`execute-api`). */
const CONNECTION_ACTIONS: Readonly<Record<string, string>> = {
  POST: 'PostToConnection',
  GET: 'GetConnection',
  DELETE: 'DeleteConnection',
};

function connectionCall(method: string, id: string): { action: string; resource: string } {
  return { action: CONNECTION_ACTIONS[method] ?? `${method} @connections`, resource: id };
}

const RESOURCE_FIELDS: Record<string, readonly string[]> = {
  sqs: ['QueueUrl', 'QueueName'],
  secretsmanager: ['SecretId', 'Name'],
  ssm: ['Name', 'Path'],
  kms: ['KeyId'],
  logs: ['logGroupName'],
  states: ['stateMachineArn', 'executionArn'],
};

function jsonResource(service: string, json: Readonly<Record<string, unknown>> | undefined): string | undefined {
  if (json === undefined) return undefined;
  if (service === 'dynamodb') return tablesOf(json);
  const value = (RESOURCE_FIELDS[service] ?? []).map((field) => json[field]).find((field) => typeof field === 'string');
  if (typeof value !== 'string') return undefined;
  return service === 'sqs' || service === 'states' ? lastName(value) : value;
}

function tablesOf(json: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof json.TableName === 'string') return lastName(json.TableName);
  if (isObject(json.RequestItems)) return Object.keys(json.RequestItems).join(',');
  const text = JSON.stringify(json.TransactItems ?? json.Statements ?? json.TransactStatements ?? json.Statement ?? '');
  const names = text.matchAll(/"TableName":"([^"]+)"|(?:FROM|INTO|UPDATE)\s+(?:\\")?([\w.-]+)/gi);
  const tables = new Set([...names].map((match) => match[1] ?? match[2]));
  return tables.size === 0 ? undefined : [...tables].join(',');
}

/** The stream that a Kinesis body names, in JSON or CBOR, without parsing the records beside it. */
function streamName(body: Buffer): string | undefined {
  const text = body.toString('latin1');
  const json = /"StreamName"\s*:\s*"([\w.-]+)"/.exec(text)?.[1];
  return (
    json ??
    /"StreamARN"\s*:\s*"[^"]*stream\/([\w.-]+)"/.exec(text)?.[1] ??
    /StreamName[\x60-\x78]([\w.-]+)/.exec(text)?.[1]
  );
}

function lastName(resource: string | undefined): string | undefined {
  return resource?.split(/[/:]/).at(-1);
}

function parseObject(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8') || '{}');
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
