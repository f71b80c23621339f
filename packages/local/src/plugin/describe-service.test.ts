import { expect } from 'chai';
import type { RegisteredFunction } from '../registration/service-registration.ts';
import { describeService } from './describe-service.ts';
import type { ServerlessFunction, ServerlessService } from './serverless-instance.ts';

function service(
  functions: Record<string, ServerlessFunction>,
  more: Partial<ServerlessService> = {},
): ServerlessService {
  return {
    ...{ service: 'weir-api', provider: { stage: 'local', region: 'eu-west-1', timeout: 10 } },
    getAllFunctions: () => Object.keys(functions),
    getFunction: (key) => functions[key] as ServerlessFunction,
    ...more,
  };
}
const resourcesOf = (resources: ServerlessService['resources']) =>
  describeService(service({}, resources === undefined ? {} : { resources }), 'http://l');

describe('what the local AWS is told of a service', () => {
  it('is its name, and each function with its time, its events, its role and where its failures go', () => {
    const statements = [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' }];
    const functions = {
      keys: { name: 'weir-api-local-keys', timeout: 3, events: [{ http: 'GET a' }], iamRoleStatements: statements },
      shrink: { name: 'weir-api-local-shrink', destinations: { onFailure: 'arn' } },
    };
    const { functions: described, ...rest } = describeService(service(functions), 'http://l');
    expect(rest).to.deep.equal({
      ...{
        name: 'weir-api',
        stage: 'local',
        region: 'eu-west-1',
        lambdaUrl: 'http://l',
        resources: {},
        parameters: {},
        extensions: {},
      },
    });
    const withoutRole = ({ statements: _role, ...others }: RegisteredFunction) => others;
    expect(Object.values(described).map(withoutRole)).to.deep.equal([
      { name: 'weir-api-local-keys', timeoutSeconds: 3, events: [{ http: 'GET a' }], onFailure: undefined },
      // What the function does not say itself comes from the service.
      { name: 'weir-api-local-shrink', timeoutSeconds: 10, events: [], onFailure: 'arn' },
    ]);
    expect(described.keys?.statements).to.include(statements[0]);
  });

  it('is what a function says of its asynchronous invocations', () => {
    const settings = { onError: 'queue', maximumRetryAttempts: 0, maximumEventAge: 60 };
    const shrink = { name: 'shrink', destinations: { onSuccess: 'topic' }, ...settings };
    const { functions } = describeService(service({ shrink }), 'http://l');
    expect(functions.shrink).to.deep.include({ onSuccess: 'topic', onFailure: undefined, ...settings });
  });

  it("has Lambda's own time where nobody says one", () => {
    const provider = { stage: 'local', region: 'eu-west-1' };
    const { functions } = describeService(service({ f: { name: 'f' } }, { provider }), 'http://l');
    expect(functions.f?.timeoutSeconds).to.equal(6);
  });

  it('has the expression that selects routes of its WebSocket API', () => {
    const provider = {
      stage: 'local',
      region: 'eu-west-1',
      websocketsApiRouteSelectionExpression: '$request.body.type',
    };
    expect(describeService(service({}, { provider }), 'http://l').routeSelection).to.equal('$request.body.type');
  });

  it('has its resources, in one part or in several, a later one before an earlier', () => {
    const Table = { Type: 'AWS::DynamoDB::Table' };
    const Bucket = { Type: 'AWS::S3::Bucket' };
    const extensions = { Mapping: { Properties: { a: 1 } } };
    expect(resourcesOf(undefined)).to.deep.include({ resources: {}, extensions: {} });
    expect(resourcesOf({ Resources: { Table }, extensions })).to.deep.include({ resources: { Table }, extensions });
    const Parameters = { Arn: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' } };
    expect(resourcesOf({ Parameters })).to.deep.include({ parameters: Parameters });
    const parts = [{ Resources: { A: Table } }, { Resources: { A: Bucket, B: Bucket } }, { extensions }, {}];
    expect(resourcesOf(parts)).to.deep.include({ resources: { A: Bucket, B: Bucket }, extensions });
  });
});
