import { REDIS_CACHE } from '@weir/bench/src/cost/redis-cache.ts';
import { expect } from 'chai';
import { findCycle } from '../checklist/encryption/find-cycle.ts';
import { isStageKey } from '../checklist/encryption/is-stage-key.ts';
import { functionSources } from '../checklist/secrets/function-sources.ts';
import { unknownPart } from '../grants/known-permission.ts';
import { GOES } from './deletion-rules.ts';
import { endpointProblems, functionsInVpc } from './endpoint-problems.ts';
import { packageService } from './package-service.ts';
import {
  type Properties,
  propertiesOf,
  type Resource,
  resourcesOf,
  type Template,
  target,
  variablesOf,
} from './template.ts';

// Rules of EC2, ElastiCache and Lambda that CloudFormation knows only when it deploys, and no emulator knows.

const STAGE = 'production';
/** CloudFormation takes 500. */
const MAX_RESOURCES = 300;
/** Of a cache, a user and a group of users in ElastiCache. */
const MAX_NAME_LENGTH = 40;
const LONGEST_STAGE = 30;

interface RoleStatement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: object;
}

/**
 * The framework names a deployment of API Gateway, and the directory of the zips, after the time of packaging, and a version
 * after a hash of its function, which its alarm has too.
 */
function withoutTimesAndHashes(template: Template): Template {
  const named = JSON.stringify(template)
    .replaceAll(/(ApiGatewayDeployment)\w+/g, '$1')
    .replaceAll(/(LambdaVersion|Canary)[\dA-Za-z]{30,}/g, '$1');
  const text = named.replaceAll(/\d{13}-[\dTZ:.-]+/g, '<time>');
  return JSON.parse(text) as Template;
}

describe('a stage with a Redis of its own, as it is packaged', () => {
  let template: Template;
  let plain: Template;

  before(() => {
    template = withoutTimesAndHashes(packageService('api', STAGE, ['redisZones=use1-az1,use1-az2']).template);
    plain = withoutTimesAndHashes(packageService('api', STAGE).template);
  });

  const all = (type: string): readonly Properties[] =>
    resourcesOf(template, type).map(([, { Properties }]) => Properties);
  const statementsOf = (functionId: string): readonly RoleStatement[] => {
    const role = propertiesOf(template, target(propertiesOf(template, functionId).Role) ?? '');
    const policies = role.Policies as readonly { PolicyDocument: { Statement: readonly RoleStatement[] } }[];
    return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  };
  const added = () => Object.entries(template.Resources).filter(([id]) => plain.Resources[id] === undefined);

  it('has the functions that use Redis in the VPC, and no other', () => {
    const using = resourcesOf(plain, 'AWS::Lambda::Function')
      .map(([id]) => id)
      .filter((id) => 'WEIR_REDIS_URL' in variablesOf(plain, id));
    expect(using).to.not.have.length(0);
    expect(functionsInVpc(template)).to.deep.equal(using);
  });

  it('differs from a stage without it only in its own resources, these functions and their roles', () => {
    const touched = new Set(
      functionsInVpc(template).flatMap((id) => [id, target(propertiesOf(template, id).Role) ?? '']),
    );
    const rest = ({ Resources }: Template): Record<string, Resource> =>
      Object.fromEntries(Object.entries(Resources).filter(([id]) => plain.Resources[id] && !touched.has(id)));
    expect(rest(template)).to.deep.equal(rest(plain));
    expect(added().every(([id]) => id.startsWith('Redis'))).to.equal(true);
  });

  it('has an endpoint for each service that these functions call, and no other', () => {
    expect(endpointProblems(template)).to.deep.equal([]);
    // Nothing of ours calls KMS itself: it would need an endpoint too.
    expect(Object.values(functionSources()).filter((text) => text.includes('@aws-sdk/client-kms'))).to.deep.equal([]);
  });

  it('has a test that finds a missing endpoint, and a needless one', () => {
    for (const [id, { Type, Properties }] of added()) {
      if (Type !== 'AWS::EC2::VPCEndpoint') continue;
      const { [id]: _gone, ...Resources } = template.Resources;
      expect(endpointProblems({ ...template, Resources }).join(), id).to.match(/cannot reach/);
      const ServiceName = { 'Fn::Sub': `com.amazonaws.\${AWS::Region}.sqs` };
      const other = { Type, Properties: { ...Properties, ServiceName } };
      expect(endpointProblems({ ...template, Resources: { ...template.Resources, other } })).to.deep.equal([
        'nothing calls sqs',
      ]);
    }
  });

  it('has no way into the internet', () => {
    const types = new Set(added().map(([, { Type }]) => Type));
    for (const type of ['InternetGateway', 'NatGateway', 'Route', 'EgressOnlyInternetGateway', 'EIP']) {
      expect(types.has(`AWS::EC2::${type}`), type).to.equal(false);
    }
  });

  it('reaches endpoints by the public names of services, in both zones', () => {
    const [vpc] = all('AWS::EC2::VPC');
    expect(vpc).to.include({ EnableDnsSupport: true, EnableDnsHostnames: true });
    const subnets = resourcesOf(template, 'AWS::EC2::Subnet').map(([id]) => ({ Ref: id }));
    expect(subnets).to.have.length(REDIS_CACHE.zones);
    const [gateways, interfaces] = ['Gateway', 'Interface'].map((type) =>
      all('AWS::EC2::VPCEndpoint').filter(({ VpcEndpointType }) => VpcEndpointType === type),
    );
    expect(interfaces).to.have.length(REDIS_CACHE.interfaces);
    for (const one of interfaces ?? []) expect(one).to.deep.include({ PrivateDnsEnabled: true, SubnetIds: subnets });
    const routed = all('AWS::EC2::SubnetRouteTableAssociation').map(({ SubnetId, RouteTableId }) => [
      SubnetId,
      RouteTableId,
    ]);
    const table = { Ref: 'RedisRoutes' };
    expect(routed).to.deep.equal(subnets.map((subnet) => [subnet, table]));
    for (const one of gateways ?? []) expect(one.RouteTableIds).to.deep.equal([table]);
  });

  it('has its two subnets in two zones', () => {
    const zones = all('AWS::EC2::Subnet').map(({ AvailabilityZoneId }) => AvailabilityZoneId);
    const split = { 'Fn::Split': [',', 'use1-az1,use1-az2'] };
    expect(zones).to.deep.equal([0, 1].map((at) => ({ 'Fn::Select': [at, split] })));
  });

  it('has a cache with the stage’s key, limits, and the same subnets as the functions', () => {
    const [cache = {}] = all('AWS::ElastiCache::ServerlessCache');
    expect(isStageKey(cache.KmsKeyId, template)).to.equal(true);
    expect(cache).to.deep.include({
      Engine: 'valkey',
      CacheUsageLimits: {
        DataStorage: { Maximum: REDIS_CACHE.maxGigabytes, Unit: 'GB' },
        ECPUPerSecond: { Maximum: REDIS_CACHE.maxUnitsPerSecond },
      },
    });
    for (const id of functionsInVpc(template)) {
      const { SubnetIds } = propertiesOf(template, id).VpcConfig as Properties;
      expect(SubnetIds, id).to.deep.equal(cache.SubnetIds);
    }
  });

  it('lets in one user by IAM, whose name is its id, over TLS', () => {
    const [user = {}] = all('AWS::ElastiCache::User');
    const [group = {}] = all('AWS::ElastiCache::UserGroup');
    const [cache = {}] = all('AWS::ElastiCache::ServerlessCache');
    expect(user).to.deep.include({ Engine: 'valkey', UserName: user.UserId, AuthenticationMode: { Type: 'iam' } });
    expect(group).to.deep.include({ Engine: 'valkey', UserIds: [{ Ref: 'RedisUser' }] });
    expect(cache.UserGroupId).to.deep.equal({ Ref: 'RedisUsers' });
    for (const id of functionsInVpc(template)) {
      const { WEIR_REDIS_URL, WEIR_REDIS_USER } = variablesOf(template, id);
      // The function signs for a cache and a user of this one name.
      expect([user.UserId, cache.ServerlessCacheName], id).to.deep.equal([WEIR_REDIS_USER, WEIR_REDIS_USER]);
      expect(WEIR_REDIS_URL).to.deep.equal({
        'Fn::Sub': `rediss://\${RedisCache.Endpoint.Address}:\${RedisCache.Endpoint.Port}`,
      });
    }
  });

  it('takes names of the longest stage', () => {
    const name = String(all('AWS::ElastiCache::ServerlessCache')[0]?.ServerlessCacheName);
    expect(name.length - STAGE.length + LONGEST_STAGE).to.be.at.most(MAX_NAME_LENGTH);
  });

  it('lets these roles connect to this cache as this user', async () => {
    for (const id of functionsInVpc(template)) {
      const connects = statementsOf(id).filter(({ Action }) => Action === 'elasticache:Connect');
      const resources = [{ 'Fn::GetAtt': ['RedisCache', 'ARN'] }, { 'Fn::GetAtt': ['RedisUser', 'Arn'] }];
      expect(connects, id).to.deep.equal([{ Effect: 'Allow', Action: 'elasticache:Connect', Resource: resources }]);
    }
    for (const resource of ['serverlesscache:weir-production', 'user:weir-production']) {
      const arn = `arn:aws:elasticache:us-east-1:000000000000:${resource}`;
      expect(await unknownPart({ action: 'elasticache:Connect', resource: arn })).to.equal(undefined);
    }
  });

  it('lets Lambda manage interfaces in the name of these roles, and denies it to the functions', async () => {
    for (const id of functionsInVpc(template)) {
      const [allowed, denied, ...others] = statementsOf(id).filter(({ Action }) =>
        /"ec2:/.test(JSON.stringify(Action)),
      );
      expect(others).to.deep.equal([]);
      expect(allowed).to.include({ Effect: 'Allow', Resource: '*' }).and.not.have.property('Condition');
      expect(denied).to.deep.include({ Effect: 'Deny', Action: allowed?.Action });
      expect(denied?.Condition).to.have.nested.property('ArnLike.lambda:SourceFunctionArn');
      const unknown = [allowed?.Action ?? []].flat().map((action) => unknownPart({ action, resource: '*' }));
      expect(new Set(await Promise.all(unknown)), id).to.deep.equal(new Set([undefined]));
      // The managed policy for functions in a VPC would let them write the logs of all functions.
      const role = propertiesOf(template, target(propertiesOf(template, id).Role) ?? '');
      expect(role.ManagedPolicyArns, id).to.deep.equal([]);
    }
  });

  it('opens only the ports of the cache and of the endpoints, and only to the functions', () => {
    const groups = Object.fromEntries(
      resourcesOf(template, 'AWS::EC2::SecurityGroup').map(([id, { Properties }]) => [id, Properties]),
    );
    const functions = { 'Fn::GetAtt': ['RedisFunctionsGroup', 'GroupId'] };
    const openedBy = (id: string) => groups[id]?.SecurityGroupIngress as readonly Properties[] | undefined;
    expect(openedBy('RedisFunctionsGroup')).to.equal(undefined);
    for (const [id, ports] of [
      ['RedisCacheGroup', [6379, 6380]],
      ['RedisEndpointsGroup', [443, 443]],
    ] as const) {
      const [rule, ...others] = openedBy(id) ?? [];
      expect(others).to.deep.equal([]);
      expect(rule).to.deep.include({ IpProtocol: 'tcp', SourceSecurityGroupId: functions });
      expect([rule?.FromPort, rule?.ToPort], id).to.deep.equal(ports);
    }
  });

  it('has its alarm', () => {
    expect(template.Conditions?.HasRedis).to.deep.equal({ 'Fn::Not': [{ 'Fn::Equals': ['use1-az1,use1-az2', ''] }] });
  });

  it('is made and removed whole: nothing waits in a circle, and nothing stays', () => {
    expect(findCycle(template)).to.deep.equal([]);
    for (const [id, { Type, DeletionPolicy }] of added()) {
      expect(GOES.has(Type), `decide whether ${Type} is removed with its stack`).to.equal(true);
      expect(DeletionPolicy, id).to.equal(undefined);
    }
    expect(Object.keys(template.Resources).length).to.be.below(MAX_RESOURCES);
  });
});
