import { expect } from 'chai';
import type { TemplateResource } from '../framework/serverless.ts';
import { foldApi } from './fold-api.ts';

type Resources = Record<string, TemplateResource>;

const REST_API = { Ref: 'Api' };
const of = (kind: string, Properties: object, rest: Partial<TemplateResource> = {}): TemplateResource => ({
  Type: `AWS::ApiGateway::${kind}`,
  Properties: { RestApiId: REST_API, ...Properties },
  ...rest,
});
const get = (integration: object, more: object = {}) => ({
  ...{ HttpMethod: 'GET', ResourceId: { Ref: 'Things' }, ApiKeyRequired: false, AuthorizationType: 'NONE' },
  ...{ RequestParameters: {}, MethodResponses: [], Integration: integration, ...more },
});
const PROXY = { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: { 'Fn::Sub': 'of a function' } };

/** A small API as the framework makes it. */
function small(): Resources {
  return {
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        ...{ Name: 'dev-things', Policy: '', MinimumCompressionSize: 0 },
        EndpointConfiguration: { Types: ['REGIONAL'] },
      },
    },
    Things: of('Resource', { ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, PathPart: 'things' }),
    Get: of('Method', get(PROXY), { DependsOn: ['Live', 'Permission', 'Authorizer'] }),
    Authorizer: of(
      'Authorizer',
      { Name: 'own', Type: 'REQUEST', AuthorizerUri: 'uri', IdentitySource: 'method.request.header.Authorization' },
      { DependsOn: 'LiveToo' },
    ),
    Refused: of('GatewayResponse', { ResponseType: 'ACCESS_DENIED', StatusCode: '403' }),
    Permission: { Type: 'AWS::Lambda::Permission', Properties: { SourceArn: { 'Fn::Join': ['', [{ Ref: 'Api' }]] } } },
    Deployment: of('Deployment', {}, { DependsOn: ['Get', 'Permission'] }),
  };
}

function fold(Resources: Resources): Resources {
  const service = { provider: { stage: 'dev', compiledCloudFormationTemplate: { Resources } } } as never;
  foldApi({ serviceDir: '', service, classes: { Error } });
  return Resources;
}

function bodyOf({ Api }: Resources): Record<string, unknown> {
  return Api?.Properties?.Body as Record<string, unknown>;
}

describe('foldApi', () => {
  it('leaves the API alone, with all its parts in its document', () => {
    const folded = fold(small());
    expect(folded).to.have.all.keys('Api', 'Permission', 'Deployment');
    expect(bodyOf(folded)).to.deep.include({
      openapi: '3.0.1',
      info: { title: 'dev-things', version: '1' },
      'x-amazon-apigateway-minimum-compression-size': 0,
    });
    expect(bodyOf(folded).paths).to.deep.equal({
      '/things': {
        get: {
          parameters: [],
          responses: { 200: { description: '200' } },
          'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: PROXY.Uri },
        },
      },
    });
  });

  it('has API Gateway take the document for all that the API is', () => {
    const { Body: _body, ...properties } = fold(small()).Api?.Properties ?? {};
    expect(properties).to.deep.equal({
      Name: 'dev-things',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      Mode: 'overwrite',
      FailOnWarnings: true,
      Parameters: { endpointConfigurationTypes: 'REGIONAL' },
    });
  });

  it('has the API wait for the aliases of its functions, and not for what needs the API', () => {
    const { Api, Deployment } = fold(small());
    expect(Api?.DependsOn).to.deep.equal(['Live', 'LiveToo']);
    expect(Deployment?.DependsOn).to.deep.equal(['Permission']);
  });

  it('leaves a service without an API alone', () => {
    const Queue = { Type: 'AWS::SQS::Queue' };
    expect(fold({ Queue })).to.deep.equal({ Queue });
  });

  const refused: readonly (readonly [string, (resources: Resources) => void, RegExp])[] = [
    ['a second API', (own) => Object.assign(own, { Other: own.Api }), /Other is a second API/],
    ['a part of another API', (own) => set(own, 'Refused', { RestApiId: { Ref: 'Other' } }), /Refused belongs to/],
    ['a condition', (own) => Object.assign(own.Get ?? {}, { Condition: 'Mails' }), /Get has the condition Mails/],
    ['a property that it does not know', (own) => set(own, 'Get', { OperationName: 'x' }), /Get has OperationName/],
    ['an API key', (own) => set(own, 'Get', { ApiKeyRequired: true }), /Get needs an API key/],
    ['authorization by IAM', (own) => set(own, 'Get', { AuthorizationType: 'AWS_IAM' }), /Get has the authorization/],
    [
      'another integration',
      (own) => set(own, 'Get', { Integration: { Type: 'HTTP' } }),
      /Get has the integration HTTP/,
    ],
    ['an authorizer of tokens', (own) => set(own, 'Authorizer', { Type: 'TOKEN' }), /Authorizer is of the type TOKEN/],
    ['a policy', (own) => set(own, 'Api', { Policy: { Statement: [] } }), /Api has a policy/],
    [
      'a schema of which the import would leave out a part',
      (own) => Object.assign(own, { Model: of('Model', { Schema: { type: 'object', minProperties: 1 } }) }),
      /Model has minProperties/,
    ],
  ];

  for (const [what, edit, message] of refused) {
    it(`refuses to package ${what}`, () => {
      const resources = small();
      edit(resources);
      expect(() => fold(resources)).to.throw(message);
    });
  }
});

function set(resources: Resources, id: string, properties: object): void {
  const was = resources[id] as TemplateResource;
  resources[id] = { ...was, Properties: { ...was.Properties, ...properties } };
}
