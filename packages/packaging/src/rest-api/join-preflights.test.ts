import { expect } from 'chai';
import type { TemplateResource } from '../framework/serverless.ts';
import { joinPreflights } from './join-preflights.ts';

const PARAMETERS = { 'method.response.header.Access-Control-Allow-Methods': "'OPTIONS,GET'" };

const method = (HttpMethod: string, status: string, more: object = {}): TemplateResource => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: {
    HttpMethod,
    ResourceId: { Ref: 'Things' },
    MethodResponses: [{ StatusCode: status }],
    Integration: {
      Type: 'MOCK',
      RequestTemplates: { 'application/json': `{"statusCode":${status}}`, 'text/plain': `{"statusCode":${status}}` },
      IntegrationResponses: [{ StatusCode: status, SelectionPattern: '' }],
    },
    ...more,
  },
});

const preflight = (more: object = {}) =>
  method('OPTIONS', '200', {
    Integration: {
      Type: 'MOCK',
      RequestTemplates: { 'application/json': '{statusCode:200}' },
      IntegrationResponses: [{ StatusCode: '200', ResponseParameters: PARAMETERS }],
    },
    ...more,
  });

function run(Resources: Record<string, TemplateResource>): Record<string, TemplateResource> {
  const provider = { stage: 'production', compiledCloudFormationTemplate: { Resources } };
  const service = { provider, getAllFunctions: () => [], getFunction: () => ({}) };
  joinPreflights({ serviceDir: '', service, classes: { Error } });
  return Resources;
}

describe('joinPreflights', () => {
  it('lets the method for all others answer the preflight of its path, for bodies of each type', () => {
    const { Any, ...others } = run({ Options: preflight(), Any: method('ANY', '405') });
    expect(others).to.deep.equal({});
    const template = '#if($context.httpMethod == "OPTIONS") {"statusCode":200} #else {"statusCode":405} #end';
    expect(Any).to.deep.equal(
      method('ANY', '405', {
        MethodResponses: [{ StatusCode: '405' }, { StatusCode: '200' }],
        Integration: {
          Type: 'MOCK',
          RequestTemplates: { 'application/json': template, 'text/plain': template },
          IntegrationResponses: [
            { StatusCode: '405', SelectionPattern: '' },
            { StatusCode: '200', SelectionPattern: '200', ResponseParameters: PARAMETERS },
          ],
        },
      }),
    );
  });

  it('lets the deployment wait for the methods that are left', () => {
    const Deployment = { Type: 'AWS::ApiGateway::Deployment', DependsOn: ['Get', 'Options', 'Any'] };
    const resources = run({ Options: preflight(), Any: method('ANY', '405'), Deployment });
    expect(resources.Deployment?.DependsOn).to.deep.equal(['Get', 'Any']);
  });

  for (const [what, any] of [
    ['is on another path', method('ANY', '405', { ResourceId: { Ref: 'Others' } })],
    ['calls a function', method('ANY', '405', { Integration: { Type: 'AWS_PROXY' } })],
  ] as const) {
    it(`leaves a preflight where it is if the method for all others ${what}`, () => {
      expect(run({ Options: preflight(), Any: structuredClone(any) })).to.deep.equal({
        Options: preflight(),
        Any: any,
      });
    });
  }

  it('leaves a function that answers OPTIONS', () => {
    const resources = () => ({
      Options: method('OPTIONS', '200', { Integration: { Type: 'AWS_PROXY' } }),
      Any: method('ANY', '405'),
    });
    expect(run(resources())).to.deep.equal(resources());
  });
});
