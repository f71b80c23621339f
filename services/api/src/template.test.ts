import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { PROBLEMS, problemType } from './http/answers/problem.ts';
import { API_PATH } from './http/requests/base-url.ts';
import { createOpenApiDocument } from './openapi/document.ts';
import { EXPOSED_HEADERS } from './serve/cors.ts';

interface ServiceFunction {
  handler: string;
  environment?: Record<string, string>;
  events?: { http?: { method: string; path: string; authorizer?: string } }[];
}

interface Service {
  functions: Record<string, ServiceFunction>;
  custom: { cors: { exposeHeaders: string[] }; unmatched: { path: string; method: string } };
}

interface GatewayResponse {
  Type: string;
  Properties: {
    ResponseType: string;
    StatusCode?: string;
    ResponseParameters: Record<string, string>;
    ResponseTemplates: Record<string, string>;
  };
}

/** Reads YAML with merge keys (`<<`), as the framework does. */
function read<T>(path: string): T {
  return load(readFileSync(new URL(path, import.meta.url), 'utf8'), { schema: YAML11_SCHEMA }) as T;
}

const { functions, custom } = read<Service>('../serverless.yml');
const { Resources } = read<{ Resources: Record<string, GatewayResponse> }>('../resources/gateway-responses.yml');
const routes = Object.values(functions).flatMap(({ events = [] }) => events.flatMap(({ http }) => http ?? []));
const responses = Object.values(Resources).map(({ Properties }) => Properties);

/** The source of each handler that answers routes. */
const handlersOfRoutes = Object.entries(functions).flatMap(([name, { handler, events = [] }]) => {
  if (!events.some(({ http }) => http)) return [];
  const file = handler.replace(/\.handler$/, '.ts');
  return [{ name, source: readFileSync(new URL(`../${file}`, import.meta.url), 'utf8') }];
});

describe('the service', () => {
  it('routes exactly the operations of the OpenAPI document', () => {
    const routed = routes.map(({ method, path }) => `${method} /${path}`);
    const paths = createOpenApiDocument().paths as Record<string, object>;
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${API_PATH}${path}`),
    );
    expect(routed.sort()).to.deep.equal(described.sort());
  });

  it('exposes the same headers to pages, whether a function answers or API Gateway', () => {
    expect(custom.cors.exposeHeaders).to.deep.equal(EXPOSED_HEADERS);
  });

  for (const { name, source } of handlersOfRoutes) {
    it(`makes ${name} with a helper that requires the CORS origins`, () => {
      expect(source).to.match(/create(?:Routes|Proxy)Handler\(/);
    });
  }

  it('asks the authorizer on every route but the open ones', () => {
    const paths = createOpenApiDocument().paths as Record<string, Record<string, { security?: unknown[] }>>;
    for (const { method, path, authorizer } of routes) {
      const isOpen = paths[`/${path}`.slice(API_PATH.length)]?.[method]?.security?.length === 0;
      expect(authorizer?.includes('keyNeeded') ?? false, path).to.equal(!isOpen);
    }
  });
});

describe('the functions', () => {
  const openPaths = new Set(
    Object.entries(createOpenApiDocument().paths as Record<string, Record<string, { security?: unknown[] }>>)
      .filter(([, methods]) => Object.values(methods).every(({ security }) => security?.length === 0))
      .map(([path]) => `${API_PATH}${path}`),
  );
  for (const [name, { environment = {}, events = [] }] of Object.entries(functions)) {
    const routes = events.flatMap(({ http }) => (http ? [http] : []));
    if (routes.some(({ path }) => !openPaths.has(`/${path}`))) {
      it(`limit the keys of ${name}`, () => {
        expect(environment).to.include.keys('WEIR_RATE_LIMIT_PER_SECOND', 'WEIR_RATE_LIMIT_BURST', 'WEIR_REDIS_URL');
      });
    }
    if (routes.some(({ method }) => method === 'post')) {
      it(`store the answers of ${name} to a POST`, () => {
        expect(environment).to.include.keys('WEIR_IDEMPOTENCY_TABLE');
      });
    }
  }
});

describe('API Gateway’s own answer', () => {
  for (const [kind, name] of [
    ['path', 'not-found'],
    ['method', 'method-not-allowed'],
  ] as const) {
    it(`to an unknown ${kind} is the functions’ problem ${name}`, () => {
      const { detail, ...body } = JSON.parse(custom.unmatched[kind]);
      expect(body).to.deep.equal({ type: problemType(name), ...PROBLEMS[name], requestId: '$context.requestId' });
      expect(detail).to.be.a('string');
    });
  }
});

describe('the gateway responses', () => {
  const templateOf = (type: string): string =>
    responses.find(({ ResponseType }) => ResponseType === type)?.ResponseTemplates['application/json'] ?? '';

  it('cover every error, and use the functions’ names for types that callers meet', () => {
    const statuses = Object.fromEntries(responses.map(({ ResponseType, StatusCode }) => [ResponseType, StatusCode]));
    expect(statuses).to.include.keys('DEFAULT_4XX', 'DEFAULT_5XX');
    expect(statuses).to.include({
      MISSING_AUTHENTICATION_TOKEN: '404',
      REQUEST_TOO_LARGE: '413',
      INTEGRATION_TIMEOUT: '504',
      THROTTLED: '429',
      // A bad key lacks no permission, and a key that cannot be checked is not the caller's fault.
      UNAUTHORIZED: '401',
      ACCESS_DENIED: '401',
      AUTHORIZER_FAILURE: '503',
      AUTHORIZER_CONFIGURATION_ERROR: '503',
    });
  });

  for (const [type, says] of [
    ['UNAUTHORIZED', 'send it in the header Authorization: Bearer <key>'],
    ['ACCESS_DENIED', 'the form Authorization: Bearer <key>'],
    ['BAD_REQUEST_BODY', 'POST /v1/events takes {"events":[...]}, also for a single event'],
  ] as const) {
    it(`say after ${type} what to send`, () => {
      expect(JSON.parse(templateOf(type)).detail).to.include(says);
    });
  }

  it('say after every refusal of a request what is wrong with it', () => {
    for (const { ResponseType, StatusCode } of responses) {
      const isRefusal = StatusCode?.startsWith('4') ?? false;
      if (isRefusal) expect(JSON.parse(templateOf(ResponseType)).detail, ResponseType).to.be.a('string');
    }
  });

  for (const { ResponseType, StatusCode, ResponseParameters, ResponseTemplates } of responses) {
    it(`answer ${ResponseType} as a problem`, () => {
      const text = ResponseTemplates['application/json']?.replaceAll('$context.requestId', 'request-1') ?? '';
      const body = JSON.parse(text);
      expect(body).to.include({ requestId: 'request-1' });
      expect(body.type).to.match(new RegExp(`^${problemType('[a-z-]+')}$`));
      expect(body.title).to.be.a('string');
      expect(body.status).to.equal(StatusCode === undefined ? undefined : Number(StatusCode));
      const isRetried = ['429', '502', '503', '504'].includes(StatusCode ?? '');
      expect('gatewayresponse.header.retry-after' in ResponseParameters).to.equal(isRetried);
      expect(ResponseParameters).to.include({
        'gatewayresponse.header.content-type': "'application/problem+json'",
        'gatewayresponse.header.x-request-id': 'context.requestId',
      });
    });
  }
});
