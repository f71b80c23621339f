import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { aggregateRecords, MAX_EVENT_BYTES, type RefusalReason } from '@weir/events';

/** A record without an event to count, and its refusal. */
export interface BadRecord {
  readonly what: string;
  readonly data: Buffer;
  readonly reason: RefusalReason;
  /** The beginning of the detail, if it has a JSON pointer. */
  readonly pointer?: string;
}

const MAGIC_BYTES = 4;
const CHECKSUM_BYTES = 16;
/** The largest record that Kinesis takes, less its partition key, which counts too. */
const LARGEST_RECORD = 1024 * 1024 - 36;
/** Within the 64 KiB of an event. */
const DEPTH = 30_000;

/** JSON that is wrong only by its depth. */
export const deepArray = '['.repeat(DEPTH) + ']'.repeat(DEPTH);

/** All kinds of bad records, all of `action`: if any of them were counted, the count of this action would show it. */
export function badRecords(action: string): BadRecord[] {
  const event = (changes: Readonly<Record<string, string>>) => eventText(action, changes);
  const rows: [what: string, data: string | Buffer, reason: RefusalReason, pointer?: string][] = [
    ['text that is not JSON', 'GET / HTTP/1.1', 'not-json'],
    ['half an event', event({}).slice(0, -9), 'not-json'],
    ['NaN', event({ value: 'NaN' }), 'not-json'],
    ['a byte order mark', `\ufeff${event({})}`, 'not-json'],
    ['a lone surrogate in bytes', surrogateBytes(event({ userId: '"?"' })), 'not-utf8'],
    ['half of a surrogate pair as userId', event({ userId: '"\\ud800"' }), 'shape', '/userId'],
    ['half of a surrogate pair as property', event({ properties: '{"\\udfff":1}' }), 'shape', '/properties'],
    ['half of a surrogate pair somewhere', event({ more: '["\\udfff"]' }), 'shape'],
    ['a deep unknown field', event({ more: deepArray }), 'shape'],
    ['an event under gzip', gzipSync(event({})), 'not-utf8'],
    ['a gzip bomb', gzipSync(Buffer.alloc(50_000_000)), 'not-utf8'],
    ['an empty array', '[]', 'empty'],
    ['white space', ' \r\n\t', 'empty'],
    ['an aggregate without records', aggregateOf([]), 'empty'],
    ['a broken KPL checksum', brokenChecksum(action), 'kpl-checksum'],
    ['a truncated protobuf', truncatedProtobuf(action), 'kpl-malformed'],
    ['the largest record', eventOfSize(action, LARGEST_RECORD), 'too-large'],
    ['an event of 64 KiB and a byte', eventOfSize(action, MAX_EVENT_BYTES + 1), 'too-large'],
    ['properties over 8 KB', event({ properties: `{"a":"${'x'.repeat(9_000)}"}` }), 'too-large', '/properties'],
    ['an infinite value', event({ value: '1e999' }), 'shape', '/value'],
    ['an infinite property', event({ properties: '{"a":-1e999}' }), 'shape', '/properties/a'],
    ['__proto__ as action', event({ action: '"__proto__"' }), 'shape', '/action'],
    ['. as action', event({ action: '"."' }), 'shape', '/action'],
    ['.. as action', event({ action: '".."' }), 'shape', '/action'],
    ['__proto__ as property', event({ properties: '{"__proto__":{"x":1}}' }), 'shape', '/properties/__proto__'],
    ['a deep record', event({ userId: `{"a":${deepArray}}` }), 'shape', '/userId'],
    ['a deep property', event({ properties: `{"a":${deepArray}}` }), 'shape', '/properties/a'],
    ['the year 50000', event({ timestamp: String(Date.UTC(50_000, 0)) }), 'timestamp-range', '/timestamp'],
    ['the year 1999', event({ timestamp: '"1999-12-31T23:59:59.999Z"' }), 'timestamp-range', '/timestamp'],
  ];
  return rows.map(([what, data, reason, pointer]) => ({
    ...{ what, data: Buffer.from(data), reason },
    ...(pointer === undefined ? {} : { pointer }),
  }));
}

/** The text of an event. `changes` are JSON texts that replace its fields, or are added to them. */
export function eventText(action: string, changes: Readonly<Record<string, string>> = {}): string {
  const fields = { userId: '"u"', action: `"${action}"`, timestamp: String(Date.now()), value: '1', ...changes };
  return `{${Object.entries(fields)
    .map(([name, json]) => `"${name}":${json}`)
    .join(',')}}`;
}

function surrogateBytes(text: string): Buffer {
  const [before, after] = text.split('?');
  return Buffer.concat([Buffer.from(before ?? ''), Buffer.of(0xed, 0xa0, 0x80), Buffer.from(after ?? '')]);
}

/** A KPL aggregate of these texts. */
export function aggregateOf(texts: readonly string[], explicitHashKey?: string): Buffer {
  return Buffer.from(
    aggregateRecords(texts.map((text) => ({ partitionKey: 'k', explicitHashKey, data: Buffer.from(text) }))),
  );
}

function brokenChecksum(action: string): Buffer {
  const bytes = aggregateOf([eventText(action)]);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  return bytes;
}

/** A producer has cut it short, so the checksum is right. */
function truncatedProtobuf(action: string): Buffer {
  const whole = aggregateOf([eventText(action), eventText(action)]);
  const message = whole.subarray(MAGIC_BYTES, -CHECKSUM_BYTES - 10);
  return Buffer.concat([whole.subarray(0, MAGIC_BYTES), message, createHash('md5').update(message).digest()]);
}

/** An event of exactly `bytes` bytes. */
export function eventOfSize(action: string, bytes: number): string {
  const bare = eventText(action, { filler: '""' });
  return eventText(action, { filler: `"${'x'.repeat(bytes - bare.length)}"` });
}
