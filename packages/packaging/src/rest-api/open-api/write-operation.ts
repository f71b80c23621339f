import type { Integration, IntegrationResponse, MethodProperties, MethodResponse } from './api-parts.ts';

const AWS = 'x-amazon-apigateway-';

/** The places of parameters in OpenAPI, by API Gateway's names. */
const PLACES: Readonly<Record<string, string>> = { path: 'path', querystring: 'query', header: 'header' };

const TEXT = { type: 'string' };

/** The operation of a method. `authorizer` is the name of its authorizer; undefined if anybody may call it. */
export function writeOperation(path: string, method: MethodProperties, authorizer?: string): object {
  const { RequestModels, RequestValidatorId, MethodResponses = [] } = method;
  return {
    parameters: parameters(path, method),
    ...(RequestModels && { requestBody: requestBody(RequestModels) }),
    responses: responses(MethodResponses),
    ...(authorizer !== undefined && { security: [{ [authorizer]: [] }] }),
    ...(RequestValidatorId && { [`${AWS}request-validator`]: RequestValidatorId.Ref }),
    [`${AWS}integration`]: integration(method.Integration),
  };
}

/** Those of the path, which OpenAPI wants on each operation, and those that are checked. */
function parameters(path: string, { RequestParameters = {} }: MethodProperties): object[] {
  const ofPath = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => [`method.request.path.${name}`, true]);
  const all: Readonly<Record<string, boolean>> = { ...Object.fromEntries(ofPath), ...RequestParameters };
  return Object.entries(all).map(([key, required]) => {
    const [, place = '', name] = /^method\.request\.(\w+)\.(.+)$/.exec(key) ?? [];
    return { name, in: PLACES[place], required, schema: TEXT };
  });
}

function requestBody(models: NonNullable<MethodProperties['RequestModels']>): object {
  const content = Object.entries(models).map(([type, { Ref }]) => [
    type,
    { schema: { $ref: `#/components/schemas/${Ref}` } },
  ]);
  return { required: true, content: Object.fromEntries(content) };
}

/** OpenAPI wants an answer. A function's own needs none: API Gateway passes on whatever the function says. */
function responses(declared: readonly MethodResponse[]): object {
  const all = declared.length > 0 ? declared : [{ StatusCode: '200' }];
  return Object.fromEntries(
    all.map(({ StatusCode, ResponseParameters = {} }) => {
      const names = Object.keys(ResponseParameters).map((key) => key.replace('method.response.header.', ''));
      const headers = Object.fromEntries(names.map((name) => [name, { schema: TEXT }]));
      return [StatusCode, { description: StatusCode, ...(names.length > 0 && { headers }) }];
    }),
  );
}

/** The import writes in small letters what the API of API Gateway writes in capitals. */
function integration(own: Integration): object {
  const { Type, IntegrationHttpMethod, Uri, PassthroughBehavior, RequestTemplates, IntegrationResponses } = own;
  return {
    type: Type.toLowerCase(),
    ...(Uri !== undefined && { uri: Uri, httpMethod: IntegrationHttpMethod }),
    ...(PassthroughBehavior !== undefined && { passthroughBehavior: PassthroughBehavior.toLowerCase() }),
    ...(RequestTemplates && { requestTemplates: RequestTemplates }),
    ...(IntegrationResponses && { responses: Object.fromEntries(IntegrationResponses.map(integrationResponse)) }),
  };
}

function integrationResponse(own: IntegrationResponse): [string, object] {
  const { StatusCode, SelectionPattern = '', ResponseParameters = {}, ResponseTemplates = {} } = own;
  return [
    SelectionPattern === '' ? 'default' : SelectionPattern,
    { statusCode: StatusCode, responseParameters: ResponseParameters, responseTemplates: ResponseTemplates },
  ];
}
