import { INNER_HEADERS } from './inner-call.ts';

/** The outcome of a call: its JSON (or its XML as `text`) and headers, or the service's error code. */
export type AwsOutcome =
  | { readonly ok: true; readonly json: Readonly<Record<string, unknown>>; readonly headers: Headers }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Calls AWS through the door without an SDK: loading one would take longer than creating every resource. */
export interface AwsClient {
  /** A call of a JSON service: `X-Amz-Target: <target>.<action>`. */
  json(service: JsonService, action: string, body: object): Promise<AwsOutcome>;
  /** A call of SNS, in the query protocol. */
  sns(action: string, parameters: Readonly<Record<string, string>>): Promise<AwsOutcome>;
  /** A call of S3 by path. */
  s3(method: string, path: string, body?: string): Promise<AwsOutcome>;
}

const TARGETS = {
  dynamodb: 'DynamoDB_20120810',
  'streams.dynamodb': 'DynamoDBStreams_20120810',
  kinesis: 'Kinesis_20131202',
  sqs: 'AmazonSQS',
  secretsmanager: 'secretsmanager',
  ssm: 'AmazonSSM',
} as const;

/** A service that `AwsClient.json` can call. */
export type JsonService = keyof typeof TARGETS;

/** Creates a client of the door at `url` that signs as `caller`. */
export function createAwsClient(url: () => string, caller: string): AwsClient {
  const authorization = (service: string) =>
    `AWS4-HMAC-SHA256 Credential=${caller}/20200101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const send = async (service: string, path: string, init: RequestInit & { headers?: Record<string, string> }) => {
    // A fixed date: nobody checks it, and kinesalite refuses a request without one.
    const signed = { authorization: authorization(service), 'x-amz-date': '20200101T000000Z' };
    const headers = { ...init.headers, ...signed, ...INNER_HEADERS };
    const response = await fetch(`${url()}${path}`, { ...init, headers });
    return outcomeOf(response, await response.text());
  };
  return {
    json: (service, action, body) => {
      const version = service === 'kinesis' || service === 'ssm' || service === 'secretsmanager' ? '1.1' : '1.0';
      const headers = {
        'content-type': `application/x-amz-json-${version}`,
        'x-amz-target': `${TARGETS[service]}.${action}`,
      };
      return send(service, '/', { method: 'POST', headers, body: JSON.stringify(body) });
    },
    sns: (action, parameters) => {
      const body = new URLSearchParams({ Action: action, Version: '2010-03-31', ...parameters });
      return send('sns', '/', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: body.toString(),
      });
    },
    s3: (method, path, body) => send('s3', path, { method, ...(body === undefined ? {} : { body }) }),
  };
}

function outcomeOf({ ok, headers }: Response, text: string): AwsOutcome {
  const json = parse(text);
  if (ok) return { ok, json, headers };
  const code = String(json.__type ?? /<Code>(.*?)<\/Code>/.exec(text)?.[1] ?? 'Unknown').replace(/^.*#/, '');
  const message = String(json.message ?? json.Message ?? /<Message>(.*?)<\/Message>/.exec(text)?.[1] ?? text);
  return { ok, code, message };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  if (!text.startsWith('{')) return text === '' ? {} : { text };
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}
