import { randomBytes } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readConfig, runtimeFields } from '@weir/config';
import { createTelemetry } from '@weir/logging';
import type { Handler } from 'aws-lambda';
import { openRotatedSecret } from '../aws/rotated-secret.ts';
import { type RotationEvent, rotateKey } from '../keys/rotation/rotate-key.ts';

const KEY_BYTES = 32;

const { log, observe } = createTelemetry(readConfig(runtimeFields));
const client = new SecretsManagerClient({});
// Hexadecimal digits need no quoting anywhere.
const newKey = () => randomBytes(KEY_BYTES).toString('hex');

/** Secrets Manager calls it for each step of a rotation of the bootstrap key. */
export const handler: Handler<RotationEvent, void> = (event, context) =>
  observe({ context }, async () => {
    const hasEnded = await rotateKey({ secret: openRotatedSecret(event.SecretId, client), newKey }, event);
    log.info('The bootstrap key is rotated', { step: event.Step, versionId: event.ClientRequestToken, hasEnded });
  });
