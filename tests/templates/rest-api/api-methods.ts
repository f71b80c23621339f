import { render } from 'velocityjs';
import type { Template } from '../template.ts';
import {
  type ApiBody,
  authorizersOf,
  type BodyIntegration,
  bodyOf,
  type Operation,
  type Parameter,
} from './api-body.ts';

/** An answer that API Gateway may give to a method. */
export interface IntegrationResponse {
  readonly StatusCode: string;
  /** Empty for the answer to every status that no other pattern matches. */
  readonly SelectionPattern: string;
  readonly ResponseParameters: Readonly<Record<string, string>>;
  readonly ResponseTemplates: Readonly<Record<string, string>>;
}

/** What API Gateway does with a request. */
export interface Integration {
  readonly Type: string;
  readonly IntegrationHttpMethod?: string;
  readonly Uri?: unknown;
  readonly PassthroughBehavior?: string;
  /** By the type of the request's body. */
  readonly RequestTemplates?: Readonly<Record<string, string>>;
  readonly IntegrationResponses?: readonly IntegrationResponse[];
}

/** What API Gateway makes of an operation of the document, in its own words. */
export interface MethodProperties {
  readonly AuthorizationType: 'CUSTOM' | 'NONE';
  readonly ApiKeyRequired: boolean;
  /** The name of the authorizer. */
  readonly AuthorizerId?: string;
  /** The name of the checks. */
  readonly RequestValidatorId?: string;
  /** Whether each is required, by `method.request.<place>.<name>`. */
  readonly RequestParameters: Readonly<Record<string, boolean>>;
  /** The names of models, by the type of the body. */
  readonly RequestModels?: Readonly<Record<string, string>>;
  readonly MethodResponses: readonly MethodResponse[];
}

export interface MethodResponse {
  readonly StatusCode: string;
  readonly ResponseParameters: Readonly<Record<string, boolean>>;
}

/** A method of a path of the API. */
export interface Method {
  /** Such as `GET /v1/events`. */
  readonly id: string;
  /** `GET`, or `ANY`. */
  readonly name: string;
  /** Its path, such as `/v1/events`. */
  readonly path: string;
  readonly properties: MethodProperties;
  readonly integration: Integration;
}

const INTEGRATION = 'x-amazon-apigateway-integration';
const ANY = 'x-amazon-apigateway-any-method';
const PLACES: Readonly<Record<string, string>> = { path: 'path', query: 'querystring', header: 'header' };

/** Every method of the API of a template. */
export function methodsOf(template: Template): Method[] {
  const body = bodyOf(template);
  return body === undefined ? [] : methodsIn(body);
}

/** Every method that API Gateway makes of a document. */
export function methodsIn(body: ApiBody): Method[] {
  const all = Object.entries(body.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([key, operation]) => {
      const name = key === ANY ? 'ANY' : key.toUpperCase();
      return { id: `${name} ${path}`, name, path, operation };
    }),
  );
  return all.map(({ operation, ...method }) => ({
    ...method,
    properties: propertiesIn(body, operation),
    integration: integrationIn(operation[INTEGRATION]),
  }));
}

function propertiesIn(body: ApiBody, own: Operation): MethodProperties {
  const named = (own.security ?? []).flatMap((one) => Object.keys(one));
  const schemes = body.components.securitySchemes ?? {};
  const authorizer = named.find((name) => schemes[name]?.['x-amazon-apigateway-authorizer']);
  const validator = own['x-amazon-apigateway-request-validator'];
  const models = Object.entries(own.requestBody?.content ?? {});
  return {
    AuthorizationType: authorizer === undefined ? 'NONE' : 'CUSTOM',
    ApiKeyRequired: named.some((name) => name !== authorizer),
    ...(authorizer !== undefined && { AuthorizerId: authorizer }),
    ...(validator !== undefined && { RequestValidatorId: validator }),
    RequestParameters: Object.fromEntries((own.parameters ?? []).map(parameterIn)),
    ...(models.length > 0 && {
      RequestModels: Object.fromEntries(models.map(([type, { schema }]) => [type, modelIn(schema.$ref)])),
    }),
    MethodResponses: Object.entries(own.responses).map(([StatusCode, { headers = {} }]) => ({
      StatusCode,
      ResponseParameters: Object.fromEntries(
        Object.keys(headers).map((key) => [`method.response.header.${key}`, true]),
      ),
    })),
  };
}

function parameterIn({ name, in: place, required }: Parameter): [string, boolean] {
  return [`method.request.${PLACES[place]}.${name}`, required];
}

function modelIn(reference: string): string {
  return reference.replace('#/components/schemas/', '');
}

function integrationIn(own: BodyIntegration = { type: '' }): Integration {
  const { type, uri, httpMethod, passthroughBehavior, requestTemplates, responses } = own;
  return {
    Type: type.toUpperCase(),
    ...(httpMethod !== undefined && { IntegrationHttpMethod: httpMethod }),
    ...(uri !== undefined && { Uri: uri }),
    ...(passthroughBehavior !== undefined && { PassthroughBehavior: passthroughBehavior.toUpperCase() }),
    ...(requestTemplates && { RequestTemplates: requestTemplates }),
    ...(responses && {
      IntegrationResponses: Object.entries(responses).map(([pattern, response]) => ({
        StatusCode: response.statusCode,
        SelectionPattern: pattern === 'default' ? '' : pattern,
        ResponseParameters: response.responseParameters,
        ResponseTemplates: response.responseTemplates,
      })),
    }),
  };
}

/** What API Gateway calls for the methods and authorizers of a template, as texts. */
export function calledByApi(template: Template): string[] {
  const uris = [
    ...methodsOf(template).map(({ integration }) => integration.Uri),
    ...authorizersOf(template).map(([, { authorizerUri }]) => authorizerUri),
  ];
  return uris.filter((uri) => uri !== undefined).map((uri) => JSON.stringify(uri));
}

/** The status that the template of a mock says for a request. Throws if what it renders is no JSON. */
export function statusOf({ integration }: Method, httpMethod: string, type = 'application/json'): number {
  const rendered = render(integration.RequestTemplates?.[type] ?? '', { context: { httpMethod } });
  return (JSON.parse(rendered) as { statusCode: number }).statusCode;
}

/** The answer of a mock to a request, chosen by the status as API Gateway does. */
export function answerOf(method: Method, httpMethod: string, type?: string): IntegrationResponse | undefined {
  const status = String(statusOf(method, httpMethod, type));
  const answers = method.integration.IntegrationResponses ?? [];
  const isMatch = (pattern: string) => pattern !== '' && new RegExp(`^(?:${pattern})$`).test(status);
  const matching = answers.find(({ SelectionPattern }) => isMatch(SelectionPattern));
  return matching ?? answers.find(({ SelectionPattern }) => SelectionPattern === '');
}
