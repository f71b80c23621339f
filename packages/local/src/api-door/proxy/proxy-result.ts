import { validateHeaderName, validateHeaderValue } from 'node:http';

/** What a function answers, ready to be sent. */
export interface ProxyAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** A function's result, as API Gateway takes it ("Output format of a Lambda function for proxy integration"). */
interface ProxyResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, unknown>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly unknown[]>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

/** API Gateway sends these on as `x-amzn-Remapped-…` ("Important notes for REST APIs"). */
const REMAPPED: ReadonlySet<string> = new Set([
  ...['connection', 'content-md5', 'date', 'host', 'max-forwards', 'server', 'user-agent', 'via', 'www-authenticate'],
]);
/** And these not at all: they are about one connection, or it sets them itself. */
const DROPPED: ReadonlySet<string> = new Set([
  ...['content-length', 'expect', 'keep-alive', 'proxy-authenticate', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
]);

/** Reads what a function returned; undefined where API Gateway calls it malformed. */
export function readProxyResult(value: unknown): ProxyAnswer | undefined {
  if (!isProxyResult(value)) return undefined;
  const { statusCode: status, body, isBase64Encoded } = value;
  const headers = headersOf(value);
  if (!headers.every(isSendable)) return undefined;
  return { status, headers, body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8') };
}

/** Where a name is in both lists, the one with all its values counts. */
function headersOf({ headers, multiValueHeaders }: ProxyResult): [string, string][] {
  const many = Object.entries(multiValueHeaders ?? {});
  const replaced = new Set(many.map(([name]) => name.toLowerCase()));
  const single = Object.entries(headers ?? {}).filter(([name]) => !replaced.has(name.toLowerCase()));
  const all = [
    ...single.map(([name, value]): [string, string] => [name, String(value)]),
    ...many.flatMap(([name, values]) => values.map((value): [string, string] => [name, String(value)])),
  ];
  return all.filter(([name]) => !DROPPED.has(name.toLowerCase())).map(([name, value]) => [renamed(name), value]);
}

function renamed(name: string): string {
  return REMAPPED.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name;
}

function isSendable([name, value]: readonly [string, string]): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function isProxyResult(value: unknown): value is ProxyResult {
  if (!isObject(value)) return false;
  const { statusCode, body, headers, multiValueHeaders } = value;
  return (
    Number.isInteger(statusCode) &&
    (statusCode as number) >= 200 &&
    (statusCode as number) < 600 &&
    (isNothing(body) || typeof body === 'string') &&
    (isNothing(headers) || isObject(headers)) &&
    (isNothing(multiValueHeaders) ||
      (isObject(multiValueHeaders) && Object.values(multiValueHeaders).every(Array.isArray)))
  );
}

function isNothing(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
