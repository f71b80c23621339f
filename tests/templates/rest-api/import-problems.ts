import type { ApiBody, BodyIntegration, Operation, SecurityScheme } from './api-body.ts';

/** What the document of an API may look like. From AWS' pages on imports, on the extensions, and on what it leaves out. */
const VERSION = '3.0.1';
const SEGMENT = /^(?:[\w.,:-]+|\{\w+\+?\})$/;
const MODEL_NAME = /^[a-zA-Z0-9]+$/;
const NAME = /^[\w-]+$/;
const PLACES = ['path', 'query', 'header'];
const PASSTHROUGH = [undefined, 'when_no_match', 'when_no_templates', 'never'];
/** An import leaves out most other words of a schema, or only some of the checks know them. */
const SCHEMA_WORDS = ['type'];
const MAX_TTL_SECONDS = 3600;
const RESPONSE_TYPES = [
  ...['ACCESS_DENIED', 'API_CONFIGURATION_ERROR', 'AUTHORIZER_CONFIGURATION_ERROR', 'AUTHORIZER_FAILURE'],
  ...['BAD_REQUEST_BODY', 'BAD_REQUEST_PARAMETERS', 'DEFAULT_4XX', 'DEFAULT_5XX', 'EXPIRED_TOKEN'],
  ...['INTEGRATION_FAILURE', 'INTEGRATION_TIMEOUT', 'INVALID_API_KEY', 'INVALID_SIGNATURE'],
  ...['MISSING_AUTHENTICATION_TOKEN', 'QUOTA_EXCEEDED', 'REQUEST_TOO_LARGE', 'RESOURCE_NOT_FOUND', 'THROTTLED'],
  ...['UNAUTHORIZED', 'UNSUPPORTED_MEDIA_TYPE', 'WAF_FILTERED'],
];

const ANY = 'x-amazon-apigateway-any-method';
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', ANY];

/** One sentence for each part of a document that API Gateway would refuse, leave out, or take for something else. */
export function importProblems(body: ApiBody, apiName: unknown): string[] {
  return [
    ...(body.openapi === VERSION ? [] : [`openapi is ${body.openapi}`]),
    ...(body.info.title === apiName ? [] : ['the title is not the name of the API']),
    ...pathProblems(Object.keys(body.paths)),
    ...Object.entries(body.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, operation]) => {
        const where = `${method} ${path}`;
        return operationProblems(body, path, operation)
          .concat(METHODS.includes(method) ? [] : ['is no method'])
          .map((problem) => `${where}: ${problem}`);
      }),
    ),
    ...modelProblems(body),
    ...responseProblems(body),
    ...Object.entries(body.components.securitySchemes ?? {}).flatMap(([name, scheme]) =>
      schemeProblems(name, scheme).map((problem) => `${name}: ${problem}`),
    ),
  ];
}

/** Two variables in one place are refused, whatever their names. */
function pathProblems(paths: readonly string[]): string[] {
  const places = new Map<string, Set<string>>();
  for (const path of paths) {
    const parts = path.split('/').slice(1);
    for (const [index, part] of parts.entries()) {
      const place = parts.slice(0, index).join('/');
      if (part.startsWith('{')) places.set(place, (places.get(place) ?? new Set()).add(part));
    }
  }
  const twice = [...places].filter(([, names]) => names.size > 1).map(([place]) => `two variables below /${place}`);
  const odd = paths.filter(
    (path) =>
      path !== '/' &&
      !path
        .slice(1)
        .split('/')
        .every((part) => SEGMENT.test(part)),
  );
  return [...twice, ...odd.map((path) => `${path}: has a part that is no name and no variable`)];
}

function operationProblems(body: ApiBody, path: string, own: Operation): string[] {
  const validators = Object.keys(body['x-amazon-apigateway-request-validators'] ?? {});
  const validator = own['x-amazon-apigateway-request-validator'];
  const schemes = Object.keys(body.components.securitySchemes ?? {});
  const security = (own.security ?? []).flatMap((one) => Object.keys(one));
  const isChecked = validator === undefined || validators.includes(validator);
  return [
    ...parameterProblems(path, own),
    ...(isChecked ? [] : [`there are no checks ${validator}`]),
    ...(security.length <= 1 ? [] : ['has two authorizers']),
    ...security.filter((name) => !schemes.includes(name)).map((name) => `there is no authorizer ${name}`),
    ...Object.values(own.requestBody?.content ?? {}).flatMap(({ schema }) => refProblems(body, schema)),
    ...(Object.keys(own.responses ?? {}).length > 0 ? [] : ['has no answer']),
    ...integrationProblems(own),
  ];
}

function parameterProblems(path: string, { parameters = [] }: Operation): string[] {
  const inPath = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = '']) => name);
  const declared = parameters.filter((one) => one.in === 'path' && one.required).map(({ name }) => name);
  const needless = declared.filter((name) => !inPath.includes(name));
  return [
    ...inPath.filter((name) => !declared.includes(name)).map((name) => `does not declare ${name}`),
    ...needless.map((name) => `declares ${name}, which is not in the path`),
    ...parameters.filter((one) => !PLACES.includes(one.in)).map(({ name }) => `${name} is in no place`),
  ];
}

function refProblems({ components }: ApiBody, { $ref }: { readonly $ref?: string }): string[] {
  const name = $ref?.replace('#/components/schemas/', '') ?? '';
  return components.schemas?.[name] === undefined ? [`there is no model ${$ref}`] : [];
}

function integrationProblems({ responses = {}, 'x-amazon-apigateway-integration': own }: Operation): string[] {
  if (own === undefined) return ['has no integration'];
  const passthrough = PASSTHROUGH.includes(own.passthroughBehavior) ? [] : [`passes on ${own.passthroughBehavior}`];
  if (own.type === 'aws_proxy') return [...passthrough, ...proxyProblems(own)];
  if (own.type === 'mock') return [...passthrough, ...mockProblems(own, responses)];
  return [`has the integration ${own.type}`];
}

function proxyProblems({ uri, httpMethod, responses }: BodyIntegration): string[] {
  return [
    ...(uri === undefined ? ['calls nothing'] : []),
    ...(httpMethod === 'POST' ? [] : [`calls a function by ${httpMethod}`]),
    ...(responses === undefined ? [] : ['maps answers that a function gives as they are']),
  ];
}

/** API Gateway sends no header that the answer of the method does not declare. */
function mockProblems(
  { requestTemplates, responses = {} }: BodyIntegration,
  declared: Operation['responses'],
): string[] {
  const undeclared = Object.values(responses).flatMap(({ statusCode, responseParameters }) => {
    const answer = declared[statusCode];
    if (answer === undefined) return [`does not declare ${statusCode}`];
    const headers = Object.keys(answer.headers ?? {}).map((name) => `method.response.header.${name}`);
    return Object.keys(responseParameters)
      .filter((key) => !headers.includes(key))
      .map((key) => `does not declare ${key}`);
  });
  return [
    ...(requestTemplates === undefined ? ['says no status'] : []),
    ...(responses.default === undefined ? ['has no answer for other statuses'] : []),
    ...undeclared,
  ];
}

function modelProblems({ components }: ApiBody): string[] {
  return Object.entries(components.schemas ?? {}).flatMap(([name, schema]) => [
    ...(MODEL_NAME.test(name) ? [] : [`${name} is no name of a model`]),
    ...Object.keys(schema)
      .filter((word) => !SCHEMA_WORDS.includes(word))
      .map((word) => `${name} may lose ${word}`),
  ]);
}

function responseProblems(body: ApiBody): string[] {
  const responses = Object.entries(body['x-amazon-apigateway-gateway-responses'] ?? {});
  return responses.flatMap(([type, { statusCode, responseParameters }]) => [
    ...(RESPONSE_TYPES.includes(type) ? [] : [`there is no answer ${type}`]),
    ...(statusCode === undefined || /^[45]\d\d$/.test(statusCode) ? [] : [`${type} has the status ${statusCode}`]),
    ...Object.keys(responseParameters)
      .filter((key) => !key.startsWith('gatewayresponse.header.'))
      .map((key) => `${type} has no place for ${key}`),
  ]);
}

function schemeProblems(name: string, { type, in: place, ...own }: SecurityScheme): string[] {
  const authorizer = own['x-amazon-apigateway-authorizer'];
  if (authorizer === undefined) return ['is no authorizer'];
  const ttl = authorizer.authorizerResultTtlInSeconds ?? -1;
  return [
    ...(NAME.test(name) ? [] : ['is no name of an authorizer']),
    ...(type === 'apiKey' && place === 'header' ? [] : ['has the form of no authorizer']),
    ...(own['x-amazon-apigateway-authtype'] === 'custom' ? [] : ['is not our own']),
    ...(authorizer.type === 'request' ? [] : [`reads a ${authorizer.type}`]),
    ...(authorizer.authorizerUri === undefined ? ['calls nothing'] : []),
    ...(ttl >= 0 && ttl <= MAX_TTL_SECONDS ? [] : [`keeps answers for ${ttl} s`]),
    // Without it, answers to one caller would be kept for all.
    ...(ttl > 0 && !authorizer.identitySource ? ['keeps answers, and does not say whose'] : []),
  ];
}
