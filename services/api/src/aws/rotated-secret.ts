import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { RotatedSecret } from '../keys/rotation/rotate-key.ts';

/** A secret of Secrets Manager, by its name or ARN. */
export function openRotatedSecret(SecretId: string, client: SecretsManagerClient): RotatedSecret {
  return {
    async readStages() {
      const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
      return VersionIdsToStages;
    },
    async readText(VersionId) {
      try {
        const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId, VersionId }));
        return SecretString;
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
    async writeText(ClientRequestToken, SecretString) {
      const version = { SecretId, ClientRequestToken, SecretString, VersionStages: ['AWSPENDING'] };
      try {
        await client.send(new PutSecretValueCommand(version));
      } catch (error) {
        // A zombie of this step was first: its text stays.
        if (!(error instanceof ResourceExistsException)) throw error;
      }
    },
    async makeCurrent(MoveToVersionId, RemoveFromVersionId) {
      const move = { SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId, RemoveFromVersionId };
      await client.send(new UpdateSecretVersionStageCommand(move));
    },
  };
}
