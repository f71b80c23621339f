import { createReadVersion } from './aws/secret-versions.ts';
import { createBootstrapKeys } from './bootstrap/bootstrap-keys.ts';

/**
 * The texts that are the bootstrap key at the moment, from its secret. It is a file of its own because only functions
 * that check keys should load the client for Secrets Manager.
 */
export function openBootstrapKeys(
  secretName: string,
  options: { readonly ttlMs: number; readonly now: () => number },
): () => Promise<readonly string[]> {
  return createBootstrapKeys({ readVersion: createReadVersion(secretName), ...options });
}
