import { expect } from 'chai';
import { alarmsOf } from '../alarms/cloudwatch/alarm.ts';
import { type PackagedService, packageAgain, packageChanged, packageService } from './package-service.ts';
import { bodyOf } from './rest-api/api-body.ts';
import { propertiesOf, type Resource, resourcesOf, type Template, target } from './template.ts';

const STAGE = 'production';
/** What a deployment of an API is a snapshot of. */
const PARTS = ['Authorizer', 'GatewayResponse', 'Method', 'Model', 'RequestValidator', 'Resource'];

describe('the stage of the API', () => {
  let service: PackagedService;
  let template: Template;

  before(() => {
    service = packageService('api', STAGE);
    template = service.template;
  });

  it('is a resource of its own that refers to the deployment', () => {
    const [deployment] = resourcesOf(template, 'AWS::ApiGateway::Deployment');
    const [stage] = resourcesOf(template, 'AWS::ApiGateway::Stage');
    expect(deployment?.[1].Properties).to.not.have.any.keys('StageName', 'StageDescription');
    expect(stage?.[1].Properties).to.deep.include({ StageName: STAGE, DeploymentId: { Ref: deployment?.[0] } });
  });

  it('is deployed after everything that callers use in it', () => {
    const [deployment] = resourcesOf(template, 'AWS::ApiGateway::Deployment');
    const [api] = resourcesOf(template, 'AWS::ApiGateway::RestApi');
    expect(deployment?.[1].Properties).to.deep.equal({ RestApiId: { Ref: api?.[0] } });
    // All of it is in the document of the API, which a part beside it would not survive.
    const parts = PARTS.flatMap((type) => resourcesOf(template, `AWS::ApiGateway::${type}`));
    expect(parts).to.deep.equal([]);
  });

  it('is deployed after its functions let API Gateway call them', () => {
    const [deployment] = resourcesOf(template, 'AWS::ApiGateway::Deployment');
    const permissions = resourcesOf(template, 'AWS::Lambda::Permission').filter(
      ([, { Properties }]) => Properties.Principal === 'apigateway.amazonaws.com',
    );
    expect(permissions).to.not.have.length(0);
    expect(deployment?.[1].DependsOn).to.include.members(permissions.map(([id]) => id));
  });

  it('is traced, counted by route, and throttled before any function runs', () => {
    const { TracingEnabled, MethodSettings } = propertiesOf(template, 'ApiStage');
    expect(TracingEnabled).to.equal(true);
    expect(MethodSettings).to.deep.equal([
      {
        ResourcePath: '/*',
        HttpMethod: '*',
        ThrottlingRateLimit: 1000,
        ThrottlingBurstLimit: 2000,
        MetricsEnabled: true,
        LoggingLevel: 'OFF',
        DataTraceEnabled: false,
      },
    ]);
  });

  it('has exactly the tags that the framework gives it', () => {
    expect(propertiesOf(template, 'ApiStage').Tags).to.deep.equal([
      { Key: 'weir:stage', Value: STAGE },
      { Key: 'weir:service', Value: 'weir-api' },
    ]);
  });

  it('logs each request as a line of JSON without personal data', () => {
    const { Format, DestinationArn } = propertiesOf(template, 'ApiStage').AccessLogSetting as {
      Format: string;
      DestinationArn: unknown;
    };
    expect(Format).to.not.include('\n');
    expect(JSON.parse(Format)).to.include({
      requestId: '$context.requestId',
      extendedRequestId: '$context.extendedRequestId',
      route: '$context.resourcePath',
      keyId: '$context.authorizer.principalId',
    });
    expect(Format).to.not.match(/context\.(path|identity|authorizer\.(?!principalId|latency|status))/);
    expect(propertiesOf(template, target(DestinationArn) ?? '')).to.deep.equal({
      RetentionInDays: 90,
      KmsKeyId: { Ref: 'DataKeyArn' },
    });
  });

  it('needs no account-wide role in the stack, which every API of the region would use', () => {
    expect(resourcesOf(template, 'AWS::ApiGateway::Account')).to.deep.equal([]);
  });

  it('has the name that the alarms and the endpoint use', () => {
    const { Name } = propertiesOf(template, 'ApiGatewayRestApi');
    const watched = alarmsOf(template).flatMap(({ source }) => source.metrics);
    const ours = watched.filter(({ namespace }) => namespace === 'AWS/ApiGateway');
    expect(ours).to.not.have.length(0);
    for (const { dimensions } of ours) expect(dimensions).to.deep.equal({ ApiName: Name, Stage: STAGE });
    expect(JSON.stringify(template.Outputs?.ServiceEndpoint)).to.include(`"/${STAGE}"]]`);
  });

  describe('is deployed again', () => {
    const deploymentIds = ({ Resources }: Template) =>
      Object.keys(Resources).filter((id) => Resources[id]?.Type === 'AWS::ApiGateway::Deployment');

    /**
     * The resources without the parts that are new in each package: the deployment, and the place of the functions'
     * code.
     */
    function lasting({ Resources }: Template): Record<string, Resource> {
      const kept = Object.entries(Resources).filter(([, { Type }]) => Type !== 'AWS::ApiGateway::Deployment');
      return Object.fromEntries(
        kept.map(([id, resource]) => {
          const { Code: _code, DeploymentId: _deployment, ...Properties } = resource.Properties ?? {};
          return [id, { ...resource, Properties }];
        }),
      );
    }

    /**
     * The new template does not use the old deployment, so CloudFormation deletes it at the end, as it always deletes.
     */
    function expectMoved(before: Template, after: Template): void {
      const [old, ...others] = deploymentIds(before);
      const [made] = deploymentIds(after);
      expect(others).to.deep.equal([]);
      expect(made).to.not.equal(old);
      expect(JSON.stringify(after)).to.not.include(`"${old}"`);
      expect(before.Resources[old ?? '']).to.not.have.any.keys('DeletionPolicy', 'UpdateReplacePolicy');
      expect(propertiesOf(after, 'ApiStage').DeploymentId).to.deep.equal({ Ref: made });
    }

    it('with no change: only the deployment is new', () => {
      const again = packageAgain('api', STAGE).template;
      expectMoved(template, again);
      expect(lasting(again)).to.deep.equal(lasting(template));
    });

    it('with a route and a function changed: the stage stays, and the route is in the new deployment', () => {
      const changed = packageChanged('api', STAGE, (yml) =>
        yml
          .replace('{ method: get, path: v1/health }', '{ method: get, path: v1/healthy }')
          .replace('    timeout: 5\n', '    timeout: 6\n'),
      ).template;
      expectMoved(template, changed);
      const before = lasting(template);
      const after = lasting(changed);
      const differing = Object.keys({ ...before, ...after }).filter(
        (id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]),
      );
      // The ids of a version and of its alarm end in a hash.
      const names = differing.map((id) => id.replace(/^(MetaLambdaVersion|MetaCanaryAlarm).+/, '$1'));
      expect([...new Set(names)]).to.have.members([
        ...['ApiGatewayRestApi', 'MetaLambdaFunction', 'MetaLambdaVersion'],
        ...['MetaLiveAlias', 'MetaCanaryGroup', 'MetaCanaryAlarm'],
      ]);
      const { '/v1/health': old, ...others } = bodyOf(template)?.paths ?? {};
      const { '/v1/healthy': made, ...othersNow } = bodyOf(changed)?.paths ?? {};
      expect(made).to.deep.equal(old).and.to.have.property('get');
      expect(othersNow).to.deep.equal(others);
    });
  });
});
