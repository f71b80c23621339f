import { expect } from 'chai';
import type { ServiceFunction } from '../framework/serverless.ts';
import { openRedisSecret } from './open-redis-secret.ts';

const ARN = 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:shop/redis-a1B2c3';

/** A service with a function that uses Redis, and one that does not, in a stage with `redisSecret`. */
function opened(redisSecret: string): Readonly<Record<string, ServiceFunction>> {
  const functions: Record<string, ServiceFunction> = {
    events: { environment: { WEIR_REDIS_URL: '' }, iamRoleStatements: ['its own'] },
    meta: { environment: {}, iamRoleStatements: [] },
  };
  const provider = { stage: 'production', compiledCloudFormationTemplate: { Resources: {} } };
  const service = {
    ...{ provider, custom: { stage: { redisSecret } } },
    getAllFunctions: () => Object.keys(functions),
    getFunction: (key: string) => functions[key] as ServiceFunction,
  };
  openRedisSecret({ serviceDir: '', service, classes: { Error } });
  return functions;
}

describe('openRedisSecret', () => {
  const grant = (Resource: unknown) => ({ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource });

  it('lets the functions that use Redis read the secret, and no other function', () => {
    const { events, meta } = opened('shop/redis');
    const [own, read] = events?.iamRoleStatements ?? [];
    expect(own).to.equal('its own');
    expect(read).to.deep.include({ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue' });
    // Secrets Manager adds a dash and six characters.
    expect(JSON.stringify(read)).to.match(/AWS::AccountId\}:secret:shop\/redis-\?{6}"/);
    expect(events?.environment).to.deep.equal({ WEIR_REDIS_URL: '', WEIR_REDIS_SECRET: 'shop/redis' });
    expect(meta).to.deep.equal({ environment: {}, iamRoleStatements: [] });
  });

  it('takes an ARN as it is', () => {
    expect(opened(ARN).events?.iamRoleStatements?.at(-1)).to.deep.equal(grant(ARN));
  });

  it('changes nothing in a stage without such a secret', () => {
    expect(opened('').events).to.deep.equal({ environment: { WEIR_REDIS_URL: '' }, iamRoleStatements: ['its own'] });
  });
});
