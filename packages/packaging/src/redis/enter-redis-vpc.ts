import { functionArns } from '../framework/arns.ts';
import type { Serverless, ServiceFunction } from '../framework/serverless.ts';
import { functionsWithRedis } from './functions-with-redis.ts';
import type { RedisParameters } from './redis-problems.ts';

/** The content of a service's `custom.redisCache`: what each function that uses Redis gets. */
interface RedisCacheSettings {
  readonly vpc: object;
  readonly environment: Readonly<Record<string, unknown>>;
  readonly iamRoleStatements: readonly Statement[];
}

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/**
 * In a stage with `redisZones`, puts the functions that use Redis into the VPC of the stage's own Redis. Without the
 * parameter, it changes nothing.
 */
export function enterRedisVpc({ service }: Serverless): void {
  const { redisZones = '' } = (service.custom?.stage ?? {}) as RedisParameters;
  const settings = service.custom?.redisCache as RedisCacheSettings | undefined;
  if (settings === undefined || String(redisZones) === '') return;
  for (const definition of functionsWithRedis(service)) enter(definition, settings);
}

function enter(definition: ServiceFunction, { vpc, environment, iamRoleStatements }: RedisCacheSettings): void {
  definition.vpc = vpc;
  definition.environment = { ...definition.environment, ...environment };
  const own = definition.iamRoleStatements ?? [];
  definition.iamRoleStatements = [...own, ...iamRoleStatements, denial(String(definition.name), iamRoleStatements)];
}

/**
 * Lambda manages a function's network interfaces in the name of its role. The function's own requests have its ARN in
 * their context, and Lambda's requests do not: so only the function is denied them.
 */
function denial(name: string, statements: readonly Statement[]): object {
  const actions = statements.flatMap(({ Action }) => [Action].flat()).filter((action) => action.startsWith('ec2:'));
  const Condition = { ArnLike: { 'lambda:SourceFunctionArn': functionArns(name) } };
  return { Effect: 'Deny', Action: actions, Resource: '*', Condition };
}
