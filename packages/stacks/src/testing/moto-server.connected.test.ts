import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { expect } from 'chai';
import { describeWithMoto, type MotoServer, startMoto } from './moto-server.ts';

const ARN = { 'Fn::GetAtt': ['Hello', 'Arn'] };

/** A function whose versions are called by an alias, as those of a stage with a canary are. */
const RESOURCES = {
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
    },
  },
  Hello: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      ...{ FunctionName: 'hello', Handler: 'index.handler', Runtime: 'nodejs22.x' },
      ...{ Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Code: { ZipFile: 'exports.handler = async () => 1;' } },
    },
  },
  HelloVersion: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Hello' } } },
  HelloLive: {
    Type: 'AWS::Lambda::Alias',
    Properties: {
      ...{ FunctionName: { Ref: 'Hello' }, Name: 'live' },
      FunctionVersion: { 'Fn::GetAtt': ['HelloVersion', 'Version'] },
    },
  },
  HelloPermission: {
    Type: 'AWS::Lambda::Permission',
    DependsOn: 'HelloLive',
    Properties: {
      ...{ Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' },
      FunctionName: { 'Fn::Join': [':', [ARN, 'live']] },
    },
  },
  HelloOtherPermission: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      ...{ Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' },
      FunctionName: { Ref: 'HelloLive' },
    },
  },
};

describeWithMoto('the emulated account', function () {
  this.timeout(120_000);
  let moto: MotoServer;

  before(async () => {
    moto = await startMoto();
  });

  after(() => moto?.close());

  async function make(StackName: string, resources: object): Promise<string | undefined> {
    const client = new CloudFormationClient(moto.config);
    await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources: resources }) }));
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    return Stacks?.[0]?.StackStatus;
  }

  it('makes a stack in which somebody may call an alias', async () => {
    expect(await make('weir-test', RESOURCES)).to.equal('CREATE_COMPLETE');
  });

  it('makes and deploys an API of its document, and refuses one that is no OpenAPI', async () => {
    const api = (responses: object) => ({
      Api: {
        Type: 'AWS::ApiGateway::RestApi',
        Properties: {
          ...{ Name: 'written', Mode: 'overwrite', FailOnWarnings: true },
          Body: {
            ...{ openapi: '3.0.1', info: { title: 'written', version: '1' } },
            paths: { '/': { get: { responses, 'x-amazon-apigateway-integration': { type: 'mock' } } } },
          },
        },
      },
      Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } } },
    });
    expect(await make('weir-written', api({ 200: { description: 'OK' } }))).to.equal('CREATE_COMPLETE');
    expect(await make('weir-odd', api({})).catch(() => 'refused')).to.not.equal('CREATE_COMPLETE');
  });
});
