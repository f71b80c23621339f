import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';

const MS_PER_SECOND = 1000;

/** The part of Powertools' provider that is used. It keeps values for `maxAge` seconds, and never keeps a failure. */
export interface SecretProvider {
  get(
    name: string,
    options: { readonly maxAge: number; readonly forceFetch: boolean },
  ): Promise<string | Uint8Array | undefined>;
}

/** Reads a secret by its name or ARN; rejects if there is none. With `isAnew`, it does not use the value that is kept. */
export type SecretReader = (name: string, options?: { readonly isAnew?: boolean }) => Promise<string>;

export interface SecretReaderDeps {
  /** How long a value is used before it is fetched again: after this time, a rotated secret is noticed. */
  readonly ttlMs: number;
  readonly provider?: SecretProvider;
}

/**
 * A reader of Secrets Manager that fetches a value once while it is valid, however many callers ask for it at once. It
 * has a file of its own because only functions that have a secret should load the client for Secrets Manager.
 */
export function createSecretReader({ ttlMs, provider = new SecretsProvider() }: SecretReaderDeps): SecretReader {
  const pending = new Map<string, Promise<string>>();
  const fetchText = async (name: string, forceFetch: boolean) => {
    const value = await provider.get(name, { maxAge: ttlMs / MS_PER_SECOND, forceFetch });
    if (typeof value !== 'string' || value === '') throw new Error(`the secret ${name} holds no text`);
    return value;
  };
  return (name, { isAnew = false } = {}) => {
    const known = pending.get(name);
    if (known !== undefined) return known;
    const fetching = fetchText(name, isAnew).finally(() => pending.delete(name));
    pending.set(name, fetching);
    return fetching;
  };
}
