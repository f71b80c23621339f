import { OPERATIONS, type Operations } from '../api/operations.ts';

/** The name of an operation, as the API's document has it. */
export type OperationName = keyof Operations;

/** What an operation takes: parameters of the path and the query, headers, and `body`. */
export type Input<Name extends OperationName> = Operations[Name]['input'];

/** A request that each attempt sends in the same form. */
export interface Request {
  readonly method: string;
  /** From the base URL, with the query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Goes on when the page is gone; the browser allows 64 KiB of such bodies at a time. */
  readonly keepalive?: boolean;
}

/** The inputs that are headers. */
const HEADERS: Readonly<Record<string, string>> = {
  ifMatch: 'if-match',
  ifNoneMatch: 'if-none-match',
  idempotencyKey: 'idempotency-key',
};
/** As in docs/users.md: `.` and `..` are steps in a path, so these ids, and what looks like them, get a `~` in front. */
const STEP = /^~*\.{1,2}$/;

/** The request of an operation. A POST without an `Idempotency-Key` gets one, so that its retries count once. */
export function buildRequest(name: OperationName, input: object, newId: () => string): Request {
  const [method, template] = OPERATIONS[name].split(' ') as [string, string];
  const { body, ...fields } = input as Record<string, unknown>;
  const headers: Record<string, string> = {};
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method === 'POST') headers['idempotency-key'] = newId();
  const path = template.replace(/\{(\w+)\}/g, (_, field: string) => segment(name, field, fields[field]));
  const query = new URLSearchParams();
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined || template.includes(`{${field}}`)) continue;
    const header = HEADERS[field];
    if (header === undefined) query.set(field, String(value));
    else headers[header] = String(value);
  }
  const target = query.size > 0 ? `${path}?${query}` : path;
  return { method, target, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
}

function segment(name: string, field: string, value: unknown): string {
  const text = String(value ?? '');
  if (text === '') throw new TypeError(`${name} needs ${field}`);
  if (!STEP.test(text)) return encodeURIComponent(text);
  if (field !== 'userId') throw new TypeError(`${name}: ${field} cannot be ${text}, which is a step in a path`);
  return `~${text}`;
}
