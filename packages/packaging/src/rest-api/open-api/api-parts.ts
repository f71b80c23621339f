import type { TemplateResource } from '../../framework/serverless.ts';

/** The resources that become parts of the document, by logical id. */
export type ApiParts = ReadonlyMap<string, TemplateResource>;

/** A reference to a resource. */
export interface Reference {
  readonly Ref: string;
}

/** The properties of an `AWS::ApiGateway::Method`, limited to what can be folded. */
export interface MethodProperties {
  readonly HttpMethod: string;
  readonly ResourceId: Reference | object;
  readonly ApiKeyRequired?: boolean;
  readonly AuthorizationType: string;
  readonly AuthorizerId?: Reference;
  /** Whether each is required, by `method.request.<place>.<name>`. */
  readonly RequestParameters?: Readonly<Record<string, boolean>>;
  /** By the type of the body. */
  readonly RequestModels?: Readonly<Record<string, Reference>>;
  readonly RequestValidatorId?: Reference;
  readonly MethodResponses?: readonly MethodResponse[];
  readonly Integration: Integration;
}

export interface MethodResponse {
  readonly StatusCode: string;
  /** By `method.response.header.<name>`. */
  readonly ResponseParameters?: Readonly<Record<string, boolean>>;
  readonly ResponseModels?: object;
}

export interface Integration {
  readonly Type: string;
  readonly IntegrationHttpMethod?: string;
  readonly Uri?: unknown;
  readonly PassthroughBehavior?: string;
  readonly RequestTemplates?: Readonly<Record<string, string>>;
  readonly IntegrationResponses?: readonly IntegrationResponse[];
}

export interface IntegrationResponse {
  readonly StatusCode: string;
  /** Empty for the answer to every status that no other pattern matches. */
  readonly SelectionPattern?: string;
  readonly ResponseParameters?: Readonly<Record<string, string>>;
  readonly ResponseTemplates?: Readonly<Record<string, string>>;
}

const NAMESPACE = 'AWS::ApiGateway::';
const PARTS = ['Authorizer', 'GatewayResponse', 'Method', 'Model', 'RequestValidator', 'Resource'];

/** What a type of resources is of an API, such as `Method`; undefined if it is no part of the document. */
export function partOf(type: string): string | undefined {
  return PARTS.find((part) => type === NAMESPACE + part);
}

/** The parts of one kind, with their properties. */
export function partsOf<T>(parts: ApiParts, kind: string): [string, T][] {
  const own = [...parts].filter(([, { Type }]) => partOf(Type) === kind);
  return own.map(([id, { Properties }]) => [id, Properties as T]);
}
