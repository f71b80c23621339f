import { expect } from 'chai';
import type { TemplateResource } from '../framework/serverless.ts';
import { stageWith } from '../testing/stage-with.ts';
import { pointStage } from './point-stage.ts';

type Resources = Record<string, TemplateResource>;

const LIMITS = { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 };
const Deployment1: TemplateResource = {
  Type: 'AWS::ApiGateway::Deployment',
  Properties: { RestApiId: { Ref: 'Api' }, StageName: 'production', StageDescription: { TracingEnabled: true } },
  DependsOn: ['ThingsGet'],
};

function run(Resources: Resources, tags: { stackTags?: object; tags?: object } = {}): Resources {
  const provider = { stage: 'production', compiledCloudFormationTemplate: { Resources }, ...tags };
  const service = { provider, getAllFunctions: () => [], getFunction: () => ({}) } as never;
  pointStage({ serviceDir: '', service, classes: { Error } });
  return Resources;
}

describe('pointStage', () => {
  it('takes the stage out of the deployment, and points the service’s own at it', () => {
    const { Stage, Deployment1: deployment } = run({ Deployment1, Stage: stageWith(LIMITS) });
    expect(deployment?.Properties).to.deep.equal({ RestApiId: { Ref: 'Api' } });
    expect(Stage?.Properties).to.deep.equal({
      ...stageWith(LIMITS).Properties,
      DeploymentId: { Ref: 'Deployment1' },
      Tags: [],
    });
  });

  it('has the deployment wait until API Gateway may call the functions', () => {
    const permission = (Principal: string) => ({ Type: 'AWS::Lambda::Permission', Properties: { Principal } });
    const { Deployment1: deployment } = run({
      ...{ Deployment1, Stage: stageWith(LIMITS) },
      GatewayCallsThings: permission('apigateway.amazonaws.com'),
      BucketCallsOthers: permission('s3.amazonaws.com'),
    });
    expect(deployment?.DependsOn).to.deep.equal(['ThingsGet', 'GatewayCallsThings']);
  });

  it('gives the stage the tags that the framework leaves it, and no others', () => {
    const tags = { stackTags: { stage: 'production', cost: 1 }, tags: { cost: 2 } };
    const { Stage } = run({ Deployment1, Stage: stageWith(LIMITS) }, tags);
    expect(Stage?.Properties?.Tags).to.deep.equal([
      { Key: 'stage', Value: 'production' },
      { Key: 'cost', Value: '2' },
    ]);
  });

  it('leaves a service without an API alone', () => {
    expect(run({})).to.deep.equal({});
  });

  it('refuses to package an API without a stage, or with two', () => {
    expect(() => run({ Deployment1 })).to.throw(/one AWS::ApiGateway::Stage/);
    const two = { Deployment1, One: stageWith(LIMITS), Two: stageWith(LIMITS) };
    expect(() => run(two)).to.throw(/one AWS::ApiGateway::Stage/);
  });

  it('takes limits that are texts, as those of the command line', () => {
    const texts = { ThrottlingRateLimit: '100', ThrottlingBurstLimit: '200' };
    expect(() => run({ Deployment1, Stage: stageWith(texts) })).not.to.throw();
  });

  for (const bad of [
    {},
    { ThrottlingRateLimit: 1 },
    { ...LIMITS, ThrottlingRateLimit: 0 },
    { ...LIMITS, HttpMethod: 'GET' },
  ]) {
    it(`refuses to package an API with the limits ${JSON.stringify(bad)}`, () => {
      expect(() => run({ Deployment1, Stage: stageWith(bad) })).to.throw(/^The stage Stage needs ThrottlingRateLimit/);
    });
  }

  it('refuses to package an API with a limit that is no number', () => {
    const Stage = stageWith({ ...LIMITS, ThrottlingBurstLimit: 'x' });
    expect(() => run({ Deployment1, Stage })).to.throw(/^The stage Stage needs/);
  });
});
