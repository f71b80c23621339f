/** A value of the secret. */
export interface SecretVersion {
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** Dependencies of `createBootstrapKeys`. */
export interface BootstrapKeysDeps {
  /** Reads a version of the secret by its label; undefined if none has it. */
  readonly readVersion: (stage: 'AWSCURRENT' | 'AWSPREVIOUS') => Promise<SecretVersion | undefined>;
  /** How long keys are used before they are read again: a rotation is noticed after this time. */
  readonly ttlMs: number;
  readonly now: () => number;
}

/**
 * How long the key before the newest one is still accepted: people who hold it need time to read the new one. Measured
 * from the making of the newest.
 */
export const PREVIOUS_KEY_MS = 86_400_000;

/**
 * Reads the texts that are the bootstrap key at the moment: the newest, and for a day the one before. They are read once
 * for all callers, and kept for `ttlMs`; a failure is not kept.
 */
export function createBootstrapKeys({ readVersion, ttlMs, now }: BootstrapKeysDeps): () => Promise<readonly string[]> {
  let kept: { readonly keys: Promise<readonly string[]>; readonly until: number } | undefined;
  const read = async () => {
    const current = await readVersion('AWSCURRENT');
    if (current === undefined || current.text === '') throw new Error('the bootstrap key is empty');
    if (now() - current.createdAt >= PREVIOUS_KEY_MS) return [current.text];
    const previous = await readVersion('AWSPREVIOUS');
    return [current.text, ...(previous === undefined || previous.text === '' ? [] : [previous.text])];
  };
  return () => {
    if (kept !== undefined && now() < kept.until) return kept.keys;
    const reading = { keys: read(), until: now() + ttlMs };
    kept = reading;
    reading.keys.catch(() => {
      if (kept === reading) kept = undefined;
    });
    return reading.keys;
  };
}
