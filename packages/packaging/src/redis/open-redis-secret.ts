import { arnOf } from '../framework/arns.ts';
import type { Serverless } from '../framework/serverless.ts';
import { functionsWithRedis } from './functions-with-redis.ts';
import { isSecretArn, type RedisParameters } from './redis-problems.ts';

/**
 * Names the stage's `redisSecret` to each function that uses Redis, and lets its role read this secret. Without the
 * parameter, it changes nothing.
 */
export function openRedisSecret({ service }: Serverless): void {
  const { redisSecret = '' } = (service.custom?.stage ?? {}) as RedisParameters;
  const secret = String(redisSecret);
  if (secret === '') return;
  const grant = { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secretArn(secret) };
  for (const definition of functionsWithRedis(service)) {
    definition.environment = { ...definition.environment, WEIR_REDIS_SECRET: secret };
    definition.iamRoleStatements = [...(definition.iamRoleStatements ?? []), grant];
  }
}

/** Secrets Manager adds a dash and six characters to a name. */
function secretArn(secret: string): unknown {
  return isSecretArn(secret) ? secret : arnOf('secretsmanager', `secret:${secret}-??????`);
}
