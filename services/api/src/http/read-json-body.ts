import { findJsonError } from './json-error.ts';
import { type Problem, problem } from './problem.ts';
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
  const encoding = (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return undefined;
  return problem('unsupported-media-type', `send the body as it is: content-encoding ${encoding} is not supported`, {
    headers: { 'accept-encoding': 'identity' },
  });
}

function decodeBytes(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
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

/** The body as text; a body of bytes is undefined where they are not UTF-8. */
function readText(request: ApiRequest): { bytes: number; text: string | undefined } {
  const body = request.body ?? '';
  if (!request.isBase64) return { bytes: Buffer.byteLength(body), text: body };
  const bytes = Buffer.from(body, 'base64');
  return { bytes: bytes.length, text: decodeBytes(bytes) };
}

/** Reads a JSON body of at most `maxBytes`, of one of `types`. Whatever was sent, the answer is a value or a 4xx. */
export function readJsonBody(
  request: ApiRequest,
  maxBytes: number,
  types: readonly string[] = ['application/json'],
): JsonBody | Problem {
  const refused = refuseType(request, types);
  if (refused) return refused;
  const { bytes, text } = readText(request);
  if (bytes > maxBytes) return problem('too-large', `the body has ${bytes} bytes, at most ${maxBytes} are accepted`);
  const detail = 'the body is not UTF-8';
  if (text === undefined) return problem('invalid-json', detail, { errors: [{ pointer: '', detail }] });
  return parse(text);
}
