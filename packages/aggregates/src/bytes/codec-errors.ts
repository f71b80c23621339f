/** Bytes in a format that this version does not know: another version wrote them, or a program other than Weir. */
export class UnknownFormatError extends Error {
  override readonly name = 'UnknownFormatError';
  readonly version: number;

  constructor(what: string, version: number) {
    super(`${what} has format ${version}, which this version cannot read`);
    this.version = version;
  }
}

/** Bytes that end too early. */
export class TruncatedBytesError extends Error {
  override readonly name = 'TruncatedBytesError';

  constructor() {
    super('the bytes end too early');
  }
}

/** Bytes of a known format with an impossible value: they were changed, or Weir did not write them. */
export class CorruptBytesError extends Error {
  override readonly name = 'CorruptBytesError';

  constructor(what: string) {
    super(`the bytes are corrupt: ${what}`);
  }
}
