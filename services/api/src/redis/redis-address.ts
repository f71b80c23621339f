/** Says where the stage's Redis is. */
export interface RedisAddress {
  /** The URL for a new connection, with user and password. */
  read(): Promise<string>;
  /** Is called if Redis refuses the password of the URL that was read last. */
  refused(): void;
}

/** Whether a text can be the URL of a Redis. */
export function isRedisUrl(text: string): boolean {
  return /^rediss?:\/\/[^/]/.test(text);
}

/** An address that never changes. */
export function fixedAddress(url: string): RedisAddress {
  return { read: async () => url, refused: () => undefined };
}
