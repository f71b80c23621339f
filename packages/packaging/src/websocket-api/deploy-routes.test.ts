import { expect } from 'chai';
import type { TemplateResource } from '../framework/serverless.ts';
import { deployRoutes } from './deploy-routes.ts';

type Resources = Record<string, TemplateResource>;

const ofType = (type: string, Properties: Record<string, unknown> = {}): TemplateResource => ({
  ...{ Type: `AWS::ApiGatewayV2::${type}`, Properties: { ApiId: { Ref: 'WebsocketsApi' }, ...Properties } },
});

/** The template of a service with one route of the framework and one of its own, whose answer is `answer`. */
function run(answer = 'pong'): Resources {
  const Resources: Resources = {
    WebsocketsApi: ofType('Api'),
    ConnectRoute: ofType('Route', { RouteKey: '$connect' }),
    WebsocketsDeploymentabc: { ...ofType('Deployment', { Description: 'd' }), DependsOn: ['ConnectRoute'] },
    WebsocketsDeploymentStage: ofType('Stage', { DeploymentId: { Ref: 'WebsocketsDeploymentabc' }, StageName: 's' }),
    PingRoute: ofType('Route', { RouteKey: 'ping' }),
    PingIntegrationResponse: ofType('IntegrationResponse', { ResponseTemplates: { $default: answer } }),
    Table: { Type: 'AWS::DynamoDB::Table' },
  };
  const provider = { stage: 's', compiledCloudFormationTemplate: { Resources } };
  const service = { provider, getAllFunctions: () => [], getFunction: () => ({}) } as never;
  deployRoutes({ serviceDir: '', service, classes: { Error } });
  return Resources;
}

const deploymentOf = (resources: Resources) =>
  Object.keys(resources).filter((id) => resources[id]?.Type === 'AWS::ApiGatewayV2::Deployment');

describe('deployRoutes', () => {
  it('has the one deployment wait for all routes, and points the stage at it', () => {
    const resources = run();
    const [name = '', ...others] = deploymentOf(resources);
    expect(others).to.deep.equal([]);
    expect(resources[name]?.DependsOn).to.deep.equal([
      ...['ConnectRoute', 'PingIntegrationResponse', 'PingRoute', 'WebsocketsApi'],
    ]);
    expect(resources[name]?.Properties).to.include({ Description: 'd' });
    const { Properties } = resources.WebsocketsDeploymentStage ?? {};
    expect(Properties).to.deep.include({ DeploymentId: { Ref: name }, StageName: 's' });
  });

  it('makes another deployment when a route says something else, and only then', () => {
    expect(deploymentOf(run())).to.deep.equal(deploymentOf(run()));
    expect(deploymentOf(run('pang'))).to.not.deep.equal(deploymentOf(run()));
  });

  it('leaves a service without a WebSocket API alone', () => {
    const Resources: Resources = { Table: { Type: 'AWS::DynamoDB::Table' } };
    const provider = { stage: 's', compiledCloudFormationTemplate: { Resources } };
    deployRoutes({ serviceDir: '', service: { provider } as never, classes: { Error } });
    expect(Resources).to.deep.equal({ Table: { Type: 'AWS::DynamoDB::Table' } });
  });
});
