/** What is known of an object without reading it. */
export interface ObjectSummary {
  readonly bytes: number;
  readonly contentType: string;
}

/** The bucket of avatars. */
export interface AvatarObjects {
  /** Undefined where there is no such object. */
  describe(key: string): Promise<ObjectSummary | undefined>;
  /** Undefined where there is no such object. */
  read(key: string): Promise<Buffer | undefined>;
  write(key: string, body: Buffer, contentType: string): Promise<void>;
  /** Every key below the prefix, however many pages there are. */
  list(prefix: string): Promise<string[]>;
  /** Removes what is there, and passes over what is not. */
  remove(keys: readonly string[]): Promise<void>;
}
