import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';

type HeaderList = readonly (readonly [name: string, value: string])[];

/** The emulator's answer, and the headers that the function set. */
interface OwnResponse {
  readonly response: IncomingMessage;
  readonly ownHeaders: HeaderList;
  readonly requestId: string;
}

/** API Gateway passes these on under another name (API Gateway, "Important notes": x-amzn-Remapped-*). */
const REMAPPED = new Set(['connection', 'date', 'server', 'via', 'user-agent', 'host', 'www-authenticate']);

/** Set by the program that frames the message, and therefore never by the function. */
const FRAMING = new Set(['content-length', 'transfer-encoding', 'keep-alive']);

/** Sends a function's own answer: its status and body as the emulator relays them, its headers from the mark. */
export function relayOwnResponse({ response: from, ownHeaders, requestId }: OwnResponse, to: ServerResponse): void {
  to.statusCode = from.statusCode ?? 502;
  for (const [name, value] of ownHeaders.filter(([name]) => !FRAMING.has(name.toLowerCase()))) {
    to.appendHeader(REMAPPED.has(name.toLowerCase()) ? `x-amzn-remapped-${name}` : name, value);
  }
  setWhereMissing(to, 'content-type', 'application/json');
  setWhereMissing(to, 'x-request-id', requestId);
  const encodedByEmulator = to.hasHeader('content-encoding') ? undefined : from.headers['content-encoding'];
  const decoder = decoderOf(encodedByEmulator);
  if (decoder === undefined) {
    setWhereMissing(to, 'content-length', from.headers['content-length']);
    pipeline(from, to, endOfRelay);
  } else {
    pipeline(from, decoder, to, endOfRelay);
  }
}

function setWhereMissing(to: ServerResponse, name: string, value: string | undefined): void {
  if (value !== undefined && !to.hasHeader(name)) to.setHeader(name, value);
}

/** The emulator compresses if the client allows it; API Gateway does not unless it is told to. */
function decoderOf(encoding: string | undefined): ReturnType<typeof createGunzip> | undefined {
  if (encoding === 'gzip') return createGunzip();
  return encoding === 'deflate' ? createInflate() : undefined;
}

/** A broken relay has destroyed both ends already: the client sees a cut answer, as with a cut line. */
function endOfRelay(): void {}
