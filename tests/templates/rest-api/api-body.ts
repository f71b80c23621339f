import { resourcesOf, type Template } from '../template.ts';

/** The OpenAPI document that API Gateway imports, limited to what the tests read. */
export interface ApiBody {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly 'x-amazon-apigateway-minimum-compression-size'?: number;
  readonly 'x-amazon-apigateway-request-validators'?: Readonly<Record<string, Validator>>;
  readonly 'x-amazon-apigateway-gateway-responses'?: Readonly<Record<string, GatewayResponse>>;
  /** By path, then by method: `get`, or `x-amazon-apigateway-any-method`. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>;
  };
}

export interface Validator {
  readonly validateRequestBody: boolean;
  readonly validateRequestParameters: boolean;
}

export interface GatewayResponse {
  readonly statusCode?: string;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

export interface SecurityScheme {
  readonly type: string;
  readonly name: string;
  readonly in: string;
  readonly 'x-amazon-apigateway-authtype'?: string;
  readonly 'x-amazon-apigateway-authorizer'?: Authorizer;
}

export interface Authorizer {
  readonly type: string;
  readonly authorizerUri: unknown;
  readonly identitySource?: string;
  readonly authorizerResultTtlInSeconds?: number;
}

export interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: { readonly $ref: string } }>>;
  };
  readonly responses: Readonly<Record<string, { readonly headers?: Readonly<Record<string, object>> }>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly 'x-amazon-apigateway-request-validator'?: string;
  readonly 'x-amazon-apigateway-integration'?: BodyIntegration;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
}

export interface BodyIntegration {
  readonly type: string;
  readonly uri?: unknown;
  readonly httpMethod?: string;
  readonly passthroughBehavior?: string;
  readonly requestTemplates?: Readonly<Record<string, string>>;
  /** By the pattern that the status matches; `default` for every other status. */
  readonly responses?: Readonly<Record<string, BodyResponse>>;
}

export interface BodyResponse {
  readonly statusCode: string;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

/** The document of the REST API of a template; undefined for a template without one. Throws if an API has none. */
export function bodyOf(template: Template): ApiBody | undefined {
  const [own] = resourcesOf(template, 'AWS::ApiGateway::RestApi');
  if (own === undefined) return undefined;
  const { Body } = own[1].Properties as { readonly Body?: ApiBody };
  if (Body === undefined) throw new Error(`${own[0]} has no Body`);
  return Body;
}

/** API Gateway's own answers, by type. */
export function gatewayResponsesOf(template: Template): [string, GatewayResponse][] {
  return Object.entries(bodyOf(template)?.['x-amazon-apigateway-gateway-responses'] ?? {});
}

/** The authorizers, by name. */
export function authorizersOf(template: Template): [string, Authorizer][] {
  const schemes = Object.entries(bodyOf(template)?.components.securitySchemes ?? {});
  return schemes.flatMap(([name, { 'x-amazon-apigateway-authorizer': own }]) => (own ? [[name, own]] : []));
}

/** The checks of requests, by name. */
export function validatorsOf(template: Template): [string, Validator][] {
  return Object.entries(bodyOf(template)?.['x-amazon-apigateway-request-validators'] ?? {});
}

/** The models of bodies, by name. */
export function modelsOf(template: Template): [string, Readonly<Record<string, unknown>>][] {
  return Object.entries(bodyOf(template)?.components.schemas ?? {});
}
