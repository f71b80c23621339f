import { findJsonError } from './json-error.ts';
import { type Problem, problem } from './problem.ts';
import { readText } from './read-text.ts';
import type { ApiRequest } from './request.ts';

/** A body that is JSON: the value, and the text it was read from. */
export interface JsonBody {
  readonly kind: 'json';
  readonly value: unknown;
  readonly text: string;
}

function refuseType(request: ApiRequest, types: readonly string[]): Problem | undefined {
  // API Gateway takes a body without a content type for JSON, and so do we.
  const [type = '', ...parameters] = (request.headers.get('content-type') ?? 'application/json')
    .toLowerCase()
    .split(';');
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  if (!types.includes(type.trim())) {
    return problem('unsupported-media-type', `send the body as content-type: ${types.join(' or ')}`);
  }
  if (charset && !/^charset="?utf-8"?$/.test(charset)) {
    return problem('unsupported-media-type', 'send the body in UTF-8');
  }
  return undefined;
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

/** Reads a JSON body of at most `maxBytes`, of one of `types`, plain or in gzip. It answers a value or a 4xx. */
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
