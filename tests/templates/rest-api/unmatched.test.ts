import { expect } from 'chai';
import { packageService } from './package-service.ts';
import { type Properties, propertiesOf, resourcesOf, type Template, target } from './template.ts';

/** Quotas of CloudFormation and API Gateway: resources of a stack, its outputs, and resources of an API. */
const MAX_RESOURCES = 500;
const MAX_OUTPUTS = 200;
const MAX_PATHS = 300;
const ORIGIN = 'https://app.example.com';

interface Integration {
  readonly Type: string;
  readonly PassthroughBehavior?: string;
  readonly RequestTemplates?: Readonly<Record<string, string>>;
  readonly IntegrationResponses?: readonly [
    {
      readonly StatusCode: string;
      readonly SelectionPattern: string;
      readonly ResponseParameters: Readonly<Record<string, string>>;
      readonly ResponseTemplates: Readonly<Record<string, string>>;
    },
  ];
}

interface Method {
  readonly id: string;
  readonly name: string;
  /** Its path, such as `/v1/events`. */
  readonly path: string;
  readonly properties: Properties;
  readonly integration: Integration;
}

function pathOf(template: Template, resourceId: unknown): string {
  const id = target(resourceId);
  if (id === undefined || id === 'ApiGatewayRestApi') return '';
  const { ParentId, PathPart } = propertiesOf(template, id);
  return `${pathOf(template, ParentId)}/${PathPart}`;
}

function methodsOf(template: Template): Method[] {
  return resourcesOf(template, 'AWS::ApiGateway::Method').map(([id, { Properties }]) => ({
    id,
    name: Properties.HttpMethod as string,
    path: pathOf(template, Properties.ResourceId) || '/',
    properties: Properties,
    integration: Properties.Integration as Integration,
  }));
}

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
    for (const { id, path, integration } of answers) {
      const isElsewhere = path === '/' || path === '/{proxy+}';
      const [response] = integration.IntegrationResponses ?? [];
      const own = methods.filter((method) => method.path === path && method.integration.Type === 'AWS_PROXY');
      const allow = isElsewhere ? undefined : `'${own.map(({ name }) => name).join(', ')}'`;
      expect(response, id).to.include({ StatusCode: isElsewhere ? '404' : '405', SelectionPattern: '' });
      expect(response?.ResponseParameters['method.response.header.allow'], id).to.equal(allow);
    }
  });

  it('answers with a problem, its id, and headers for pages', () => {
    for (const { id, properties, integration } of answers) {
      const [response] = integration.IntegrationResponses ?? [];
      expect(response?.ResponseParameters, id).to.include({
        'method.response.header.content-type': "'application/problem+json'",
        'method.response.header.x-request-id': 'context.requestId',
        'method.response.header.access-control-allow-origin': `'${ORIGIN}'`,
      });
      // API Gateway sends only the headers that the method declares.
      const [declared] = properties.MethodResponses as [{ StatusCode: string; ResponseParameters: object }];
      expect(declared.StatusCode, id).to.equal(response?.StatusCode);
      expect(declared.ResponseParameters, id).to.have.all.keys(Object.keys(response?.ResponseParameters ?? {}));
      const body = JSON.parse(response?.ResponseTemplates['application/json'] ?? '');
      expect(body, id).to.include({ status: Number(response?.StatusCode), requestId: '$context.requestId' });
    }
  });

  it('fails on no body: it refuses content types without a template', () => {
    const mocks = methods.filter(({ integration }) => integration.Type === 'MOCK');
    for (const { id, integration } of mocks) expect(integration.PassthroughBehavior, id).to.equal('NEVER');
    for (const { id, integration } of answers) {
      const status = Number(integration.IntegrationResponses?.[0].StatusCode);
      for (const text of Object.values(integration.RequestTemplates ?? {})) {
        expect(JSON.parse(text), id).to.deep.equal({ statusCode: status });
      }
      expect(integration.RequestTemplates).to.include.keys('application/json', 'application/x-www-form-urlencoded');
    }
  });

  it('stays well below the quotas of a stack and an API', () => {
    // Each path has a method of its own for what no route takes, and one for preflights: 263 resources with 37 paths.
    // From three fifths on, `api` is to be divided into two stacks.
    expect(Object.keys(template.Resources)).to.have.length.below(MAX_RESOURCES * 0.6);
    expect(Object.keys(template.Outputs ?? {})).to.have.length.below(MAX_OUTPUTS / 2);
    expect(resourcesOf(template, 'AWS::ApiGateway::Resource')).to.have.length.below(MAX_PATHS / 2);
  });
});
