import { Validator } from '@seriousme/openapi-schema-validator';
import { expect } from 'chai';
import { packageService } from '../package-service.ts';
import { propertiesOf, type Template } from '../template.ts';
import { type ApiBody, bodyOf } from './api-body.ts';
import { importProblems } from './import-problems.ts';

/** API Gateway imports 6 MB, and CloudFormation takes a template of 1 MB. */
const MAX_BODY_BYTES = 6_000_000;
const MAX_TEMPLATE_BYTES = 1_000_000;

// biome-ignore lint/suspicious/noExplicitAny: a test breaks any part of a document
type Breakable = any;

const INTEGRATION = 'x-amazon-apigateway-integration';
const AUTHORIZER = 'x-amazon-apigateway-authorizer';
const RESPONSES = 'x-amazon-apigateway-gateway-responses';

const post = (body: Breakable) => body.paths['/v1/keys'].post;
const remove = (body: Breakable) => body.paths['/v1/keys/{id}'].delete;
const others = (body: Breakable) => body.paths['/v1/keys']['x-amazon-apigateway-any-method'];
const authorize = (body: Breakable) => body.components.securitySchemes.authorize;

const BREAKS: readonly (readonly [string, (body: Breakable) => unknown])[] = [
  ['openapi is 3.1.0', (body) => Object.assign(body, { openapi: '3.1.0' })],
  ['the title is not the name of the API', (body) => Object.assign(body.info, { title: 'x' })],
  ['two variables below /v1/keys', (body) => Object.assign(body.paths, { '/v1/keys/{other}': {} })],
  ['/v1/a{b}: has a part', (body) => Object.assign(body.paths, { '/v1/a{b}': {} })],
  ['trace /v1/keys: is no method', (body) => Object.assign(body.paths['/v1/keys'], { trace: post(body) })],
  ['delete /v1/keys/{id}: does not declare id', (body) => Object.assign(remove(body), { parameters: [] })],
  [
    'post /v1/keys: declares id, which is not in the path',
    (body) => Object.assign(post(body), { parameters: remove(body).parameters }),
  ],
  [
    'post /v1/keys: session is in no place',
    (body) => post(body).parameters.push({ name: 'session', in: 'cookie', required: true }),
  ],
  [
    'post /v1/keys: there are no checks x',
    (body) => Object.assign(post(body), { 'x-amazon-apigateway-request-validator': 'x' }),
  ],
  ['post /v1/keys: there is no authorizer x', (body) => Object.assign(post(body), { security: [{ x: [] }] })],
  [
    'post /v1/keys: has two authorizers',
    (body) => Object.assign(post(body), { security: [{ authorize: [] }, { authorize: [] }] }),
  ],
  ['post /v1/keys: there is no model #/components/schemas/', (body) => Object.assign(body.components, { schemas: {} })],
  ['post /v1/keys: has no answer', (body) => Object.assign(post(body), { responses: {} })],
  ['post /v1/keys: has no integration', (body) => delete post(body)[INTEGRATION]],
  ['post /v1/keys: has the integration http', (body) => Object.assign(post(body)[INTEGRATION], { type: 'http' })],
  [
    'post /v1/keys: passes on NEVER',
    (body) => Object.assign(post(body)[INTEGRATION], { passthroughBehavior: 'NEVER' }),
  ],
  ['post /v1/keys: calls a function by GET', (body) => Object.assign(post(body)[INTEGRATION], { httpMethod: 'GET' })],
  ['post /v1/keys: calls nothing', (body) => delete post(body)[INTEGRATION].uri],
  ['post /v1/keys: maps answers', (body) => Object.assign(post(body)[INTEGRATION], { responses: {} })],
  [
    'x-amazon-apigateway-any-method /v1/keys: does not declare method.response.header.allow',
    (body) => delete others(body).responses[405].headers.allow,
  ],
  [
    'x-amazon-apigateway-any-method /v1/keys: does not declare 405',
    (body) => Object.assign(others(body), { responses: { 200: {} } }),
  ],
  [
    'x-amazon-apigateway-any-method /v1/keys: has no answer for other statuses',
    (body) => delete others(body)[INTEGRATION].responses.default,
  ],
  [
    'x-amazon-apigateway-any-method /v1/keys: says no status',
    (body) => delete others(body)[INTEGRATION].requestTemplates,
  ],
  ['a-b is no name of a model', (body) => Object.assign(body.components.schemas, { 'a-b': {} })],
  ['Row may lose minProperties', (body) => Object.assign(body.components.schemas, { Row: { minProperties: 1 } })],
  ['there is no answer TEAPOT', (body) => Object.assign(body[RESPONSES], { TEAPOT: { responseParameters: {} } })],
  ['THROTTLED has the status 200', (body) => Object.assign(body[RESPONSES].THROTTLED, { statusCode: '200' })],
  [
    'THROTTLED has no place for content-type',
    (body) => Object.assign(body[RESPONSES].THROTTLED.responseParameters, { 'content-type': "'text/plain'" }),
  ],
  ['authorize: is no authorizer', (body) => delete authorize(body)[AUTHORIZER]],
  ['authorize: reads a token', (body) => Object.assign(authorize(body)[AUTHORIZER], { type: 'token' })],
  ['authorize: calls nothing', (body) => delete authorize(body)[AUTHORIZER].authorizerUri],
  [
    'authorize: keeps answers for 3601 s',
    (body) => Object.assign(authorize(body)[AUTHORIZER], { authorizerResultTtlInSeconds: 3601 }),
  ],
  ['authorize: keeps answers, and does not say whose', (body) => delete authorize(body)[AUTHORIZER].identitySource],
  ['authorize: is not our own', (body) => delete authorize(body)['x-amazon-apigateway-authtype']],
  ['authorize: has the form of no authorizer', (body) => Object.assign(authorize(body), { in: 'query' })],
];

describe('the document of the API', function () {
  this.timeout(120_000);
  let template: Template;
  let body: ApiBody;

  before(() => {
    template = packageService('api', 'production').template;
    body = bodyOf(template) as ApiBody;
  });

  it('is one that API Gateway imports in full', () => {
    expect(importProblems(body, propertiesOf(template, 'ApiGatewayRestApi').Name)).to.deep.equal([]);
  });

  for (const [problem, change] of BREAKS) {
    it(`would not be with this: ${problem}`, () => {
      const broken = structuredClone(body);
      change(broken);
      const found = importProblems(broken, propertiesOf(template, 'ApiGatewayRestApi').Name);
      expect(found.filter((one) => one.startsWith(problem))).to.not.deep.equal([]);
    });
  }

  it('is valid by the schema of OpenAPI, with references of CloudFormation in it', async () => {
    const { valid, errors } = await new Validator().validate(
      structuredClone(body) as unknown as Record<string, unknown>,
    );
    expect(errors).to.equal(undefined);
    expect(valid).to.equal(true);
  });

  it('is well below what API Gateway and CloudFormation take', () => {
    expect(JSON.stringify(body).length).to.be.below(MAX_BODY_BYTES / 2);
    expect(JSON.stringify(template).length).to.be.below(MAX_TEMPLATE_BYTES / 2);
  });

  it('is all that the API is, and refers to what is there', () => {
    const { Mode, FailOnWarnings, Parameters, EndpointConfiguration } = propertiesOf(template, 'ApiGatewayRestApi');
    expect({ Mode, FailOnWarnings }).to.deep.equal({ Mode: 'overwrite', FailOnWarnings: true });
    expect(Parameters).to.deep.equal({ endpointConfigurationTypes: 'REGIONAL' });
    expect(EndpointConfiguration).to.deep.equal({ Types: ['REGIONAL'] });
    const named = [...JSON.stringify(body).matchAll(/"(?:Ref":|Fn::GetAtt":\[)"([^"]+)"/g)].map(([, id = '']) => id);
    const ids = new Set(named.filter((id) => !id.startsWith('AWS::')));
    expect(ids).to.have.property('size').above(5);
    expect(Object.keys(template.Resources)).to.include.members([...ids]);
    for (const [id, { DependsOn = [] }] of Object.entries(template.Resources)) {
      expect(Object.keys(template.Resources), id).to.include.members([DependsOn].flat());
    }
  });
});
