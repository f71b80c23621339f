/** The properties of an object that S3 gives without its bytes. */
export interface ObjectSummary {
  readonly bytes: number;
  readonly contentType: string;
}

/** The bucket of avatars. */
export interface AvatarObjects {
  /** Undefined if there is no such object. */
  describe(key: string): Promise<ObjectSummary | undefined>;
  /** Undefined if there is no such object. */
  read(key: string): Promise<Buffer | undefined>;
  write(key: string, body: Buffer, contentType: string): Promise<void>;
  /** Every key below the prefix, from all pages of the listing. */
  list(prefix: string): Promise<string[]>;
  /** Removes these objects. It ignores keys without an object. */
  remove(keys: readonly string[]): Promise<void>;
}
