import { expect } from 'chai';
import type { ServiceFunction } from '../framework/serverless.ts';
import { enterRedisVpc } from './enter-redis-vpc.ts';

const SETTINGS = {
  vpc: { subnetIds: ['a', 'b'] },
  environment: { WEIR_REDIS_URL: 'rediss://cache' },
  iamRoleStatements: [{ Effect: 'Allow', Action: ['ec2:DescribeSubnets', 'elasticache:Connect'], Resource: '*' }],
};

/** A service with a function that uses Redis, and one that does not. */
function packaged(redisZones: string) {
  const functions: Record<string, ServiceFunction> = {
    events: { name: 'weir-api-events', environment: { WEIR_REDIS_URL: '' }, iamRoleStatements: ['its own'] },
    meta: { environment: {}, iamRoleStatements: [] },
  };
  const provider = { stage: 'production', compiledCloudFormationTemplate: { Resources: {} } };
  const service = {
    ...{ provider, custom: { stage: { redisZones }, redisCache: SETTINGS } },
    getAllFunctions: () => Object.keys(functions),
    getFunction: (key: string) => functions[key] as ServiceFunction,
  };
  enterRedisVpc({ serviceDir: '', service, classes: { Error } });
  return functions;
}

describe('enterRedisVpc', () => {
  it('puts only the functions that use Redis into the VPC', () => {
    const { events, meta } = packaged('use1-az1,use1-az2');
    expect(events).to.deep.include({ vpc: SETTINGS.vpc, environment: SETTINGS.environment });
    expect(meta).to.deep.equal({ environment: {}, iamRoleStatements: [] });
  });

  it('lets Lambda manage network interfaces, and not the function', () => {
    const [own, allowed, denied] = packaged('use1-az1,use1-az2').events?.iamRoleStatements ?? [];
    expect([own, allowed]).to.deep.equal(['its own', ...SETTINGS.iamRoleStatements]);
    expect(denied).to.deep.include({ Effect: 'Deny', Action: ['ec2:DescribeSubnets'] });
    expect(JSON.stringify(denied)).to.match(/"lambda:SourceFunctionArn":.*function:weir-api-events"/);
  });

  it('changes nothing in a stage without zones', () => {
    expect(packaged('').events).to.have.all.keys('name', 'environment', 'iamRoleStatements');
  });
});
