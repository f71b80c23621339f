import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { BootstrapKeysDeps } from '../bootstrap/bootstrap-keys.ts';

/** Reads the versions of a secret in Secrets Manager. */
export function createReadVersion(secretName: string): BootstrapKeysDeps['readVersion'] {
  const client = new SecretsManagerClient({});
  return async (VersionStage) => {
    try {
      const { SecretString = '', CreatedDate } = await client.send(
        new GetSecretValueCommand({ SecretId: secretName, VersionStage }),
      );
      return { text: SecretString, createdAt: CreatedDate?.getTime() ?? 0 };
    } catch (error) {
      if (error instanceof ResourceNotFoundException && VersionStage === 'AWSPREVIOUS') return undefined;
      throw error;
    }
  };
}
