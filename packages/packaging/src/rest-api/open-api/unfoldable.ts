import type { TemplateResource } from '../../framework/serverless.ts';
import type { MethodProperties } from './api-parts.ts';

/** What the document says of each kind of resource. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  Authorizer: ['AuthorizerResultTtlInSeconds', 'AuthorizerUri', 'IdentitySource', 'Name', 'RestApiId', 'Type'],
  GatewayResponse: ['ResponseParameters', 'ResponseTemplates', 'ResponseType', 'RestApiId', 'StatusCode'],
  Method: [
    ...['ApiKeyRequired', 'AuthorizationType', 'AuthorizerId', 'HttpMethod', 'Integration', 'MethodResponses'],
    ...['RequestModels', 'RequestParameters', 'RequestValidatorId', 'ResourceId', 'RestApiId'],
  ],
  Model: ['ContentType', 'RestApiId', 'Schema'],
  RequestValidator: ['Name', 'RestApiId', 'ValidateRequestBody', 'ValidateRequestParameters'],
  Resource: ['ParentId', 'PathPart', 'RestApiId'],
  RestApi: ['EndpointConfiguration', 'MinimumCompressionSize', 'Name', 'Policy'],
};
const INTEGRATION = [
  ...['IntegrationHttpMethod', 'IntegrationResponses', 'PassthroughBehavior', 'RequestTemplates', 'Type', 'Uri'],
];
/** The import leaves out some words of JSON Schema, such as `minProperties`, and says nothing. */
const SCHEMA = ['$schema', 'type'];

/** What of a resource the document would not say, one text for each problem. */
export function unfoldable({ Type, Condition, Properties = {} }: TemplateResource, apiId: string): string[] {
  const kind = Type.split('::')[2] ?? '';
  const { RestApiId } = Properties as { readonly RestApiId?: { readonly Ref?: string } };
  return [
    ...(Condition === undefined ? [] : [`has the condition ${Condition}`]),
    ...(kind === 'RestApi' || RestApiId?.Ref === apiId ? [] : ['belongs to another API']),
    ...unknownIn(Properties, KNOWN[kind] ?? []),
    ...(kind === 'Method' ? ofMethod(Properties as unknown as MethodProperties) : []),
    ...(kind === 'Model' ? unknownIn(Properties.Schema as object, SCHEMA) : []),
    ...(kind === 'Authorizer' && Properties.Type !== 'REQUEST' ? [`is of the type ${Properties.Type}`] : []),
    ...(kind === 'RestApi' && Properties.Policy ? ['has a policy'] : []),
  ];
}

function unknownIn(properties: object, known: readonly string[]): string[] {
  // The framework leaves properties undefined that it has no value for.
  const set = Object.entries(properties).filter(([, value]) => value !== undefined);
  return set.filter(([name]) => !known.includes(name)).map(([name]) => `has ${name}`);
}

function ofMethod({
  ApiKeyRequired,
  AuthorizationType,
  Integration,
  MethodResponses = [],
}: MethodProperties): string[] {
  const models = MethodResponses.filter(({ ResponseModels = {} }) => Object.keys(ResponseModels).length > 0);
  return [
    ...unknownIn(Integration, INTEGRATION),
    ...(ApiKeyRequired ? ['needs an API key'] : []),
    ...(['NONE', 'CUSTOM'].includes(AuthorizationType) ? [] : [`has the authorization ${AuthorizationType}`]),
    ...(['AWS_PROXY', 'MOCK'].includes(Integration.Type) ? [] : [`has the integration ${Integration.Type}`]),
    ...models.map(({ StatusCode }) => `has a model of its answer ${StatusCode}`),
  ];
}
