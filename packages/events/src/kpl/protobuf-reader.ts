/** Why bytes are not a protobuf message; the reader of the aggregate catches it. */
export class MalformedProtobuf extends Error {}

/** One field of a protobuf message: a number (varint) or bytes (length-delimited). Others are skipped. */
export interface ProtobufField {
  readonly number: number;
  readonly value: number | Buffer;
}

const WIRE_TYPE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** Reads the fields of one message in order. Source: protobuf.dev, "Encoding". Throws `MalformedProtobuf`. */
export function* readFields(message: Buffer): Generator<ProtobufField> {
  const cursor = new Cursor(message);
  while (!cursor.atEnd()) {
    const tag = cursor.varint();
    const number = Math.floor(tag / 8);
    if (number === 0) throw new MalformedProtobuf('a field with the number 0');
    const type = tag % 8;
    if (type === WIRE_TYPE.varint) yield { number, value: cursor.varint() };
    else if (type === WIRE_TYPE.bytes) yield { number, value: cursor.take(cursor.varint()) };
    else if (type === WIRE_TYPE.fixed64) cursor.take(8);
    else if (type === WIRE_TYPE.fixed32) cursor.take(4);
    else throw new MalformedProtobuf(`a field of the unknown wire type ${type}`);
  }
}

class Cursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Lengths and table indices fit a double; one past 2^53 is not exact, but it is out of bounds either way. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new MalformedProtobuf('ends inside a number');
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new MalformedProtobuf('a number of more than 10 bytes');
  }

  take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw new MalformedProtobuf('ends inside a field');
    const start = this.#at;
    this.#at += length;
    return this.#bytes.subarray(start, this.#at);
  }
}
