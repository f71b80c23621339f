/**
 * The header with which the emulator's process says "this answer is the function's own". It never leaves the API's
 * door.
 */
export const OWN_RESPONSE_HEADER = 'x-weir-own-response';

/** A function's result as API Gateway expects it from a Lambda proxy integration. */
export interface ProxyResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

type HeaderList = readonly (readonly [name: string, value: string])[];

/**
 * Adds to a function's result the mark that the API's door looks for. The mark carries the headers that the function
 * sent: the door then drops every header that the emulator added. A result that API Gateway would call malformed is
 * returned as it is: without the mark it becomes a 502, as it does in AWS.
 */
export function markOwnResponse(result: unknown): unknown {
  if (!isProxyResult(result)) return result;
  const mark = Buffer.from(JSON.stringify(headersOf(result))).toString('base64url');
  return { ...result, headers: { ...result.headers, [OWN_RESPONSE_HEADER]: mark } };
}

/** The function's own headers from a mark, or undefined if there is no mark. */
export function readMark(mark: string | string[] | undefined): HeaderList | undefined {
  if (typeof mark !== 'string') return undefined;
  const headers: unknown = JSON.parse(Buffer.from(mark, 'base64url').toString());
  return headers as HeaderList;
}

function headersOf(result: ProxyResult): HeaderList {
  const many = Object.entries(result.multiValueHeaders ?? {});
  const replaced = new Set(many.map(([name]) => name.toLowerCase()));
  const single = Object.entries(result.headers ?? {}).filter(([name]) => !replaced.has(name.toLowerCase()));
  return [
    ...single.map(([name, value]) => [name, String(value)] as const),
    ...many.flatMap(([name, values]) => values.map((value) => [name, String(value)] as const)),
  ];
}

function isProxyResult(result: unknown): result is ProxyResult {
  if (typeof result !== 'object' || result === null) return false;
  const { statusCode, body, headers } = result as Record<string, unknown>;
  return (
    Number.isInteger(statusCode) &&
    (statusCode as number) >= 100 &&
    (statusCode as number) < 600 &&
    (body === undefined || body === null || typeof body === 'string') &&
    (headers === undefined || headers === null || typeof headers === 'object')
  );
}
