import { MIMEType } from 'node:util';
import { type Problem, problem } from '../answers/problem.ts';
import type { ApiRequest } from '../requests/request.ts';
import { findJsonError } from './json-error.ts';
import { readText } from './read-text.ts';

/** A JSON body: its value, and the text from which it was read. */
export interface JsonBody {
  readonly kind: 'json';
  readonly value: unknown;
  readonly text: string;
}

/** Reads a JSON body of at most `maxBytes` that has one of `types`, uncompressed or in gzip. Returns a value or a 4xx. */
export function readJsonBody(
  request: ApiRequest,
  maxBytes: number,
  types: readonly string[] = ['application/json'],
): JsonBody | Problem {
  const refused = refuseType(request, types);
  if (refused) return refused;
  const read = readText(request, maxBytes);
  return read.kind === 'problem' ? read : parse(read.text);
}

function refuseType(request: ApiRequest, types: readonly string[]): Problem | undefined {
  // A body without a content type counts as JSON, as in API Gateway.
  const type = readType(request.headers.get('content-type') ?? 'application/json');
  if (!type || !types.includes(type.essence)) {
    return problem('unsupported-media-type', `send the body as content-type: ${types.join(' or ')}`);
  }
  const charset = type.params.get('charset');
  if (charset !== null && !isUtf8(charset)) return problem('unsupported-media-type', 'send the body in UTF-8');
  return undefined;
}

/** The media type and charset in a header; undefined if it is no media type. */
function readType(header: string): MIMEType | undefined {
  try {
    return new MIMEType(header);
  } catch {
    return undefined;
  }
}

/** Also `utf8` and other old names of UTF-8, as browsers accept them (WHATWG, Encoding). */
function isUtf8(charset: string): boolean {
  try {
    return new TextDecoder(charset).encoding === 'utf-8';
  } catch {
    return false;
  }
}

function parse(text: string): JsonBody | Problem {
  try {
    return { kind: 'json', value: JSON.parse(text), text };
  } catch {
    const at = findJsonError(text);
    const before = text.slice(0, at).split('\n');
    const detail = `not JSON at character ${at} (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
    return problem('invalid-json', detail, { errors: [{ pointer: '', detail }] });
  }
}
