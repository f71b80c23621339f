import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';

const MS_PER_SECOND = 1000;

/** The part of Powertools' provider that is used. It keeps values for `maxAge` seconds, and never keeps a failure. */
export interface SecretProvider {
  get(name: string, options: { readonly maxAge: number }): Promise<string | Uint8Array | undefined>;
}

/** Reads a secret by its name; rejects if there is none. */
export type SecretReader = (name: string) => Promise<string>;

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
  return (name) => {
    const known = pending.get(name);
    if (known !== undefined) return known;
    const fetching = fetchText(provider, name, ttlMs).finally(() => pending.delete(name));
    pending.set(name, fetching);
    return fetching;
  };
}

async function fetchText(provider: SecretProvider, name: string, ttlMs: number): Promise<string> {
  const value = await provider.get(name, { maxAge: ttlMs / MS_PER_SECOND });
  if (typeof value !== 'string' || value === '') throw new Error(`the secret ${name} holds no text`);
  return value;
}
