import { createHash } from 'node:crypto';

/** Crockford's base 32, in the order of the characters. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const PREFIX = 'msg_';
const TIME_DIGITS = 10;
const SOURCE_DIGITS = 16;
const SHAPE = new RegExp(`^${PREFIX}[${DIGITS}]{${TIME_DIGITS + SOURCE_DIGITS}}$`);

/**
 * The id of a message: `msg_`, 10 characters of its time, 16 of a hash of what it is about. So it sorts by time, and a
 * message that is made again has the same id, if `source` names what happened (`alert.fired <firing>`).
 */
export function makeMessageId(timestamp: number, source: string): string {
  const [high, low] = hashOf(source);
  return timePrefix(timestamp) + digits((high << 16n) | low, SOURCE_DIGITS);
}

/** The ids of all messages of a time and later are not less than this. */
export function timePrefix(timestamp: number): string {
  return PREFIX + digits(BigInt(timestamp), TIME_DIGITS);
}

/** The time of the message with this id, epoch milliseconds. */
export function messageTime(id: string): number {
  return [...id.slice(PREFIX.length, PREFIX.length + TIME_DIGITS)].reduce((time, digit) => {
    return time * DIGITS.length + DIGITS.indexOf(digit);
  }, 0);
}

/** Whether a text can be the id of a message. */
export function isMessageId(text: string): boolean {
  return SHAPE.test(text);
}

function digits(value: bigint, length: number): string {
  return Array.from({ length }, (_, at) => DIGITS[Number((value >> BigInt(5 * (length - 1 - at))) & 31n)]).join('');
}

/** The first 80 bits of the hash. */
function hashOf(source: string): readonly [high: bigint, low: bigint] {
  const bytes = createHash('sha256').update(source).digest();
  return [bytes.readBigUInt64BE(0), BigInt(bytes.readUInt16BE(8))];
}
