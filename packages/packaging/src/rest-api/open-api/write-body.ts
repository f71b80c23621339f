import type { TemplateResource } from '../../framework/serverless.ts';
import { type ApiParts, type MethodProperties, partsOf, type Reference } from './api-parts.ts';
import { writeOperation } from './write-operation.ts';

interface Resource {
  readonly ParentId: Reference | object;
  readonly PathPart: string;
}

interface Authorizer {
  readonly Name: string;
  readonly Type: string;
  readonly AuthorizerUri: unknown;
  readonly IdentitySource?: string;
  readonly AuthorizerResultTtlInSeconds?: number;
}

interface GatewayResponse {
  readonly ResponseType: string;
  readonly StatusCode?: string;
  readonly ResponseParameters?: object;
  readonly ResponseTemplates?: object;
}

interface Validator {
  readonly ValidateRequestBody?: boolean;
  readonly ValidateRequestParameters?: boolean;
}

const AWS = 'x-amazon-apigateway-';

/**
 * The OpenAPI document of an API, with API Gateway's extensions. References to functions stay references of
 * CloudFormation. Validators and models are called by their logical ids: a model's name has letters and digits only.
 */
export function writeBody({ Properties: api = {} }: TemplateResource, parts: ApiParts): object {
  return {
    openapi: '3.0.1',
    info: { title: api.Name, version: '1' },
    [`${AWS}minimum-compression-size`]: api.MinimumCompressionSize,
    [`${AWS}request-validators`]: validators(parts),
    [`${AWS}gateway-responses`]: gatewayResponses(parts),
    paths: paths(parts),
    components: { schemas: schemas(parts), securitySchemes: securitySchemes(parts) },
  };
}

function paths(parts: ApiParts): Record<string, Record<string, object>> {
  const all: Record<string, Record<string, object>> = {};
  for (const [, method] of partsOf<MethodProperties>(parts, 'Method')) {
    const path = pathOf(parts, method.ResourceId) || '/';
    const name = method.HttpMethod === 'ANY' ? `${AWS}any-method` : method.HttpMethod.toLowerCase();
    const { Name: authorizer } = (parts.get(method.AuthorizerId?.Ref ?? '')?.Properties ?? {}) as Partial<Authorizer>;
    all[path] = { ...all[path], [name]: writeOperation(path, method, authorizer) };
  }
  return all;
}

/** The root is no resource of the template. */
function pathOf(parts: ApiParts, resourceId: Reference | object): string {
  const own = 'Ref' in resourceId ? parts.get(resourceId.Ref) : undefined;
  if (own === undefined) return '';
  const { ParentId, PathPart } = own.Properties as unknown as Resource;
  return `${pathOf(parts, ParentId)}/${PathPart}`;
}

function validators(parts: ApiParts): object {
  const all = partsOf<Validator>(parts, 'RequestValidator').map(([id, own]) => [
    id,
    {
      validateRequestBody: own.ValidateRequestBody ?? false,
      validateRequestParameters: own.ValidateRequestParameters ?? false,
    },
  ]);
  return Object.fromEntries(all);
}

function gatewayResponses(parts: ApiParts): object {
  const all = partsOf<GatewayResponse>(parts, 'GatewayResponse').map(([, own]) => [
    own.ResponseType,
    {
      ...(own.StatusCode !== undefined && { statusCode: own.StatusCode }),
      responseParameters: own.ResponseParameters ?? {},
      responseTemplates: own.ResponseTemplates ?? {},
    },
  ]);
  return Object.fromEntries(all);
}

/** API Gateway names the version of JSON Schema itself. */
function schemas(parts: ApiParts): object {
  const all = partsOf<{ Schema: { $schema?: string } }>(parts, 'Model').map(([id, { Schema }]) => {
    const { $schema: _version, ...schema } = Schema;
    return [id, schema];
  });
  return Object.fromEntries(all);
}

/** OpenAPI wants the name of a header, which an authorizer of a whole request does not use. */
function securitySchemes(parts: ApiParts): object {
  const all = partsOf<Authorizer>(parts, 'Authorizer').map(([, own]) => [
    own.Name,
    {
      ...{ type: 'apiKey', name: 'Unused', in: 'header' },
      [`${AWS}authtype`]: 'custom',
      [`${AWS}authorizer`]: {
        type: own.Type.toLowerCase(),
        authorizerUri: own.AuthorizerUri,
        identitySource: own.IdentitySource,
        authorizerResultTtlInSeconds: own.AuthorizerResultTtlInSeconds,
      },
    },
  ]);
  return Object.fromEntries(all);
}
