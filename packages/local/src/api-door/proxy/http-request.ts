import type { IncomingMessage } from 'node:http';

/** Values by name, in the order in which they came. */
export type Values = ReadonlyMap<string, readonly string[]>;

/** A request as API Gateway reads it. */
export interface HttpRequest {
  readonly id: string;
  readonly stage: string;
  readonly receivedAt: number;
  readonly sourceIp: string;
  readonly method: string;
  /** As it was sent: still percent-encoded. */
  readonly path: string;
  /** Decoded. */
  readonly query: Values;
  /** Under the spelling that came first. */
  readonly headers: Values;
}

/** Headers that API Gateway does not hand to a function (API Gateway, "Important notes for REST APIs"). */
const DROPPED: ReadonlySet<string> = new Set([
  ...['connection', 'content-md5', 'expect', 'max-forwards', 'proxy-authenticate', 'server', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade', 'www-authenticate'],
]);

/** API Gateway's own words on the way that a request came, in place of the client's. */
const FORWARDED: ReadonlySet<string> = new Set(['x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto']);

/** What a request is known by before it is read. */
export type RequestOrigin = Pick<HttpRequest, 'id' | 'stage' | 'receivedAt'>;

/** Reads the head of a request; its body has come whole, and without its coding it has `bodyBytes`. */
export function readHttpRequest(incoming: IncomingMessage, origin: RequestOrigin, bodyBytes: number): HttpRequest {
  const { method = 'GET', url = '/', socket } = incoming;
  const { path, search } = splitTarget(url);
  const sourceIp = socket.remoteAddress ?? '127.0.0.1';
  const headers = new Map([...readHeaders(incoming.rawHeaders), ...forwarded(incoming, sourceIp)]);
  const lengthName = [...headers.keys()].find((name) => name.toLowerCase() === 'content-length');
  if (lengthName !== undefined) headers.set(lengthName, [String(bodyBytes)]);
  return { ...origin, sourceIp, method, path, query: readQuery(search), headers };
}

/** The path and the query of a request's target. A proxy's client writes the whole address there. */
export function splitTarget(url: string): { readonly path: string; readonly search: string } {
  const target = url.replace(/^https?:\/\/[^/?]*/i, '');
  const [path = '', ...rest] = target.split('?');
  return { path: path === '' ? '/' : path, search: rest.join('?') };
}

function readHeaders(raw: readonly string[]): Map<string, string[]> {
  const names = new Map<string, string>();
  const headers = new Map<string, string[]>();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [given = '', value = ''] = [raw[at], raw[at + 1]];
    const key = given.toLowerCase();
    if (DROPPED.has(key) || FORWARDED.has(key)) continue;
    const name = names.get(key) ?? given;
    names.set(key, name);
    headers.set(name, [...(headers.get(name) ?? []), value]);
  }
  return headers;
}

/** Of the addresses, those that the client names stand before its own. */
function forwarded({ headers, socket }: IncomingMessage, sourceIp: string): [string, string[]][] {
  const before = headers['x-forwarded-for'];
  const through = before === undefined ? sourceIp : `${before}, ${sourceIp}`;
  return [
    ['X-Forwarded-For', [through]],
    ['X-Forwarded-Port', [String(socket.localPort)]],
    ['X-Forwarded-Proto', ['http']],
  ];
}

/** A semicolon parts parameters as an ampersand does (API Gateway, "Important notes for REST APIs"). */
function readQuery(search: string): Map<string, string[]> {
  const query = new Map<string, string[]>();
  for (const piece of search.split(/[&;]/)) {
    for (const [name, value] of new URLSearchParams(piece)) query.set(name, [...(query.get(name) ?? []), value]);
  }
  return query;
}
