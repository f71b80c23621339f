/** Bytes in a format that this version does not know: written by another version, or not by us at all. */
export class UnknownFormatError extends Error {
  override readonly name = 'UnknownFormatError';
  readonly version: number;

  constructor(what: string, version: number) {
    super(`${what} has format ${version}, which this version cannot read`);
    this.version = version;
  }
}

/** Bytes that end before what they promise. */
export class TruncatedBytesError extends Error {
  override readonly name = 'TruncatedBytesError';

  constructor() {
    super('the bytes end before what they promise');
  }
}

/** Bytes of a format that we know, in which something stands that cannot be: they were changed, or are not ours. */
export class CorruptBytesError extends Error {
  override readonly name = 'CorruptBytesError';

  constructor(what: string) {
    super(`the bytes are corrupt: ${what}`);
  }
}
