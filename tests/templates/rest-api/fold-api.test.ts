import { expect } from 'chai';
import fc from 'fast-check';
import type { TemplateResource } from '../../../packages/packaging/src/framework/serverless.ts';
import { foldApi } from '../../../packages/packaging/src/rest-api/fold-api.ts';
import type { Template } from '../template.ts';
import { type ApiBody, bodyOf, gatewayResponsesOf, modelsOf, validatorsOf } from './api-body.ts';
import { type Method, methodsOf } from './api-methods.ts';
import { importProblems } from './import-problems.ts';

type Resources = Record<string, TemplateResource>;

const NAME = 'dev-things';
const METHODS = ['ANY', 'DELETE', 'GET', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const TYPES = ['application/json', 'application/merge-patch+json', 'text/plain'];
const TEXT = fc.string({ minLength: 1, maxLength: 8 });
const HEADER = fc.constantFrom('allow', 'content-type', 'etag', 'x-request-id');
const RestApiId = { Ref: 'Api' };

/** A segment is a variable with its place's one name, or a text. */
const arbitraryPath = fc.array(fc.constantFrom('a', 'b-c', '{}', 'd.json'), { maxLength: 4 }).map((parts) =>
  parts
    .map((part, index) => (part === '{}' ? `{p${index}}` : part))
    .map((part) => `/${part}`)
    .join(''),
);

const arbitraryHeaders = fc.dictionary(
  HEADER,
  TEXT.map((text) => `'${text}'`),
);

const arbitraryMock = fc
  .record({
    other: arbitraryHeaders,
    preflight: fc.option(arbitraryHeaders),
    types: fc.subarray(TYPES, { minLength: 1 }),
  })
  .map(({ other, preflight, types }) => {
    const answers = [
      { status: '405', pattern: '', headers: other },
      ...(preflight === null ? [] : [{ status: '200', pattern: '200', headers: preflight }]),
    ];
    const own = answers.map(({ status, pattern, headers }) => ({ status, pattern, headers: entriesOf(headers) }));
    return {
      MethodResponses: own.map(({ status, headers }) => ({
        StatusCode: status,
        ResponseParameters: Object.fromEntries(headers.map(([key]) => [key, true])),
      })),
      Integration: {
        ...{ Type: 'MOCK', PassthroughBehavior: 'NEVER' },
        RequestTemplates: Object.fromEntries(types.map((type) => [type, '{"statusCode":405}'])),
        IntegrationResponses: own.map(({ status, pattern, headers }) => ({
          ...{ StatusCode: status, SelectionPattern: pattern },
          ...{ ResponseParameters: Object.fromEntries(headers), ResponseTemplates: { [TYPES[0] as string]: '{}' } },
        })),
      },
    };
  });

const arbitraryProxy = TEXT.map((name) => ({
  MethodResponses: [],
  Integration: {
    ...{ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' },
    Uri: {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, name, { 'Fn::GetAtt': ['KeysLambdaFunction', 'Arn'] }]],
    },
  },
}));

const arbitraryMethod = fc.record({
  path: arbitraryPath,
  name: fc.constantFrom(...METHODS),
  isOpen: fc.boolean(),
  isChecked: fc.boolean(),
  models: fc.subarray(TYPES),
  asked: fc.dictionary(fc.constantFrom('querystring.from', 'header.if-match'), fc.boolean()),
  does: fc.oneof(arbitraryMock, arbitraryProxy),
});

type Generated = typeof arbitraryMethod extends fc.Arbitrary<infer T> ? T : never;

const arbitraryApi = fc.uniqueArray(arbitraryMethod, { maxLength: 8, selector: ({ path, name }) => `${name} ${path}` });

describe('an API that is folded into its document', () => {
  it('has the same methods as its resources, and API Gateway can import it', () => {
    fc.assert(
      fc.property(arbitraryApi, (methods) => {
        const template = fold(resourcesOf(methods));
        expect(byId(methodsOf(template))).to.deep.equal(byId(methods.map(expected)));
        expect(importProblems(bodyOf(template) as ApiBody, NAME)).to.deep.equal([]);
      }),
    );
  });

  it('has the same checks, models and answers of API Gateway itself', () => {
    const template = fold(resourcesOf([]));
    expect(validatorsOf(template)).to.deep.equal([
      ['Checks', { validateRequestBody: true, validateRequestParameters: true }],
    ]);
    expect(modelsOf(template)).to.deep.equal([['Row', { type: 'object' }]]);
    expect(gatewayResponsesOf(template)).to.deep.equal([
      ['THROTTLED', { statusCode: '429', responseParameters: {}, responseTemplates: { 'application/json': '{}' } }],
    ]);
  });
});

function entriesOf(headers: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value]);
}

function fold(Resources: Resources): Template {
  const service = { provider: { stage: 'dev', compiledCloudFormationTemplate: { Resources } } } as never;
  foldApi({ serviceDir: '', service, classes: { Error } });
  return { Resources } as Template;
}

/** An API as the framework makes it: a resource for each part of a path, and one for each method. */
function resourcesOf(methods: readonly Generated[]): Resources {
  const own: Resources = { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: NAME } } };
  const add = (id: string, kind: string, properties: object) => {
    own[id] = { Type: `AWS::ApiGateway::${kind}`, Properties: { RestApiId, ...properties } };
    return { Ref: id };
  };
  add('Checks', 'RequestValidator', { Name: 'all', ValidateRequestBody: true, ValidateRequestParameters: true });
  add('Row', 'Model', { ContentType: TYPES[0], Schema: { $schema: 'draft 4', type: 'object' } });
  add('Own', 'Authorizer', { Name: 'own', Type: 'REQUEST', AuthorizerUri: 'uri', AuthorizerResultTtlInSeconds: 0 });
  add('Busy', 'GatewayResponse', {
    ...{ ResponseType: 'THROTTLED', StatusCode: '429', ResponseTemplates: { 'application/json': '{}' } },
  });
  for (const { path, name, isOpen, isChecked, models, asked, does } of methods) {
    let place: object = { 'Fn::GetAtt': ['Api', 'RootResourceId'] };
    for (const [index, PathPart] of path.split('/').slice(1).entries()) {
      const parts = path.split('/').slice(0, index + 2);
      const id = `Path${parts.join('/')}`;
      place = add(id, 'Resource', { ParentId: place, PathPart });
    }
    add(`${name} ${path}`, 'Method', {
      ...{ HttpMethod: name, ResourceId: place, ApiKeyRequired: false, ...does },
      ...(isOpen ? { AuthorizationType: 'NONE' } : { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Own' } }),
      ...(isChecked && { RequestValidatorId: { Ref: 'Checks' } }),
      ...(models.length > 0 && { RequestModels: Object.fromEntries(models.map((type) => [type, { Ref: 'Row' }])) }),
      RequestParameters: Object.fromEntries(Object.entries(asked).map(([key, on]) => [`method.request.${key}`, on])),
    });
  }
  return own;
}

/** What the reader finds of a method. OpenAPI wants the variables of a path, and an answer. */
function expected({ path, name, isOpen, isChecked, models, asked, does }: Generated): Method {
  const variables = [...path.matchAll(/\{(\w+)\}/g)].map(([, key]) => [`method.request.path.${key}`, true]);
  const parameters = Object.entries(asked).map(([key, on]) => [`method.request.${key}`, on]);
  const nothing = [{ StatusCode: '200', ResponseParameters: {} }];
  return {
    ...{ id: `${name} ${path || '/'}`, name, path: path || '/' },
    properties: {
      ...(isOpen ? { AuthorizationType: 'NONE' } : { AuthorizationType: 'CUSTOM', AuthorizerId: 'own' }),
      ApiKeyRequired: false,
      ...(isChecked && { RequestValidatorId: 'Checks' }),
      RequestParameters: Object.fromEntries([...variables, ...parameters]),
      ...(models.length > 0 && { RequestModels: Object.fromEntries(models.map((type) => [type, 'Row'])) }),
      MethodResponses: does.MethodResponses.length > 0 ? inOrder(does.MethodResponses) : nothing,
    },
    integration: {
      ...does.Integration,
      ...('IntegrationResponses' in does.Integration && {
        IntegrationResponses: inOrder(does.Integration.IntegrationResponses),
      }),
    },
  };
}

/** An object has keys that are numbers first. */
function inOrder<T extends { readonly StatusCode: string }>(answers: readonly T[]): T[] {
  return answers.toSorted((one, other) => one.StatusCode.localeCompare(other.StatusCode));
}

function byId(methods: readonly Method[]): Record<string, Method> {
  return Object.fromEntries(methods.map((method) => [method.id, method]));
}
