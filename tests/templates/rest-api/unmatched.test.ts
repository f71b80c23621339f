import { expect } from 'chai';
import { packageService } from '../package-service.ts';
import type { Template } from '../template.ts';
import { answerOf, type Method, methodsOf, statusOf } from './api-methods.ts';

/** Quotas of CloudFormation and API Gateway: resources of a stack, its outputs, and resources of an API. */
const MAX_RESOURCES = 500;
const MAX_OUTPUTS = 200;
const MAX_PATHS = 300;
const ORIGIN = 'https://app.example.com';
const OTHER_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const HTTP_METHODS = [...OTHER_METHODS, 'OPTIONS'];

describe('the API, for a request without a matching route,', () => {
  let template: Template;
  let methods: Method[];
  let answers: Method[];

  before(() => {
    template = packageService('api', 'production', [`corsOrigins=${ORIGIN}`]).template;
    methods = methodsOf(template);
    answers = methods.filter(({ name }) => name === 'ANY');
  });

  it('answers on every path, and at the root and below it', () => {
    const paths = methods.filter(({ name }) => name !== 'ANY').map(({ path }) => path);
    expect(answers.map(({ path }) => path)).to.have.members([...new Set(paths), '/', '/{proxy+}']);
  });

  it('calls neither an authorizer nor a function', () => {
    for (const { id, properties, integration } of answers) {
      expect(properties, id).to.include({ AuthorizationType: 'NONE', ApiKeyRequired: false });
      expect(properties, id).to.not.have.any.keys('AuthorizerId', 'RequestValidatorId');
      expect(integration, id).to.include({ Type: 'MOCK' }).and.to.not.have.property('Uri');
    }
  });

  it('answers 405 on a path, with the methods of its functions, and 404 elsewhere', () => {
    for (const answer of answers) {
      const { id, path } = answer;
      const isElsewhere = path === '/' || path === '/{proxy+}';
      const [response, ...others] = new Set(OTHER_METHODS.map((name) => answerOf(answer, name)));
      expect(others, id).to.deep.equal([]);
      const own = methods.filter((method) => method.path === path && method.integration.Type === 'AWS_PROXY');
      const allow = isElsewhere ? undefined : `'${own.map(({ name }) => name).join(', ')}'`;
      expect(response, id).to.include({ StatusCode: isElsewhere ? '404' : '405', SelectionPattern: '' });
      expect(response?.ResponseParameters['method.response.header.allow'], id).to.equal(allow);
    }
  });

  it('answers with a problem, its id, and headers for pages', () => {
    for (const answer of answers) {
      const { id } = answer;
      const response = answerOf(answer, 'HEAD');
      expect(response?.ResponseParameters, id).to.include({
        'method.response.header.content-type': "'application/problem+json'",
        'method.response.header.x-request-id': 'context.requestId',
        'method.response.header.access-control-allow-origin': `'${ORIGIN}'`,
      });
      const body = JSON.parse(response?.ResponseTemplates['application/json'] ?? '');
      expect(body, id).to.include({ status: Number(response?.StatusCode), requestId: '$context.requestId' });
    }
  });

  it('declares each of its answers with its headers, as API Gateway sends no others', () => {
    for (const { id, properties, integration } of answers) {
      const declared = properties.MethodResponses;
      for (const { StatusCode, ResponseParameters } of integration.IntegrationResponses ?? []) {
        const own = declared.find((one) => one.StatusCode === StatusCode);
        expect(own?.ResponseParameters, `${id} ${StatusCode}`).to.have.all.keys(Object.keys(ResponseParameters));
      }
    }
  });

  it('fails on no body: it refuses content types without a template', () => {
    const mocks = methods.filter(({ integration }) => integration.Type === 'MOCK');
    for (const { id, integration } of mocks) expect(integration.PassthroughBehavior, id).to.equal('NEVER');
    for (const answer of answers) {
      const types = Object.keys(answer.integration.RequestTemplates ?? {});
      expect(types).to.include.members(['application/json', 'application/x-www-form-urlencoded']);
      for (const [type, method] of types.flatMap((one) => HTTP_METHODS.map((name) => [one, name] as const))) {
        const status = statusOf(answer, method, type);
        expect(answerOf(answer, method, type)?.StatusCode, `${method} ${answer.id}`).to.equal(String(status));
      }
    }
  });

  it('stays well below the quotas of a stack and an API', () => {
    expect(Object.keys(template.Resources)).to.have.length.below(MAX_RESOURCES / 2);
    expect(Object.keys(template.Outputs ?? {})).to.have.length.below(MAX_OUTPUTS / 2);
    const parts = methods.flatMap(({ path }) =>
      path.split('/').map((_, index, all) => all.slice(0, index + 1).join('/')),
    );
    expect(new Set(parts))
      .to.have.property('size')
      .above(1)
      .and.below(MAX_PATHS / 2);
  });
});
