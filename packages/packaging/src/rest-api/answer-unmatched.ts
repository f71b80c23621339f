import { type HttpEvent, httpEventsOf, type MockEvent, type Serverless } from '../framework/serverless.ts';

/**
 * The content of `custom.unmatched` of a service with an API: bodies in which API Gateway replaces variables of
 * `$context`.
 */
export interface UnmatchedBodies {
  /** For a path that no route has. */
  readonly path: string;
  /** For a method that the path does not have. `{allow}` stands for the methods that it has. */
  readonly method: string;
}

/** The usual types that clients give to a body. API Gateway refuses a body of any other type with 415. */
const BODY_TYPES = [
  'application/json',
  'application/merge-patch+json',
  'application/octet-stream',
  'application/x-ndjson',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
];

/**
 * Makes API Gateway answer requests that no route takes, without a key and without a function. If no method of the API
 * fits, API Gateway takes `Authorization` for a signature of AWS' own, which a key is not, and refuses it with 403.
 * Therefore each path gets a method for all methods that it does not have, and the root and every other path below it
 * get one for all methods.
 */
export function answerUnmatched(serverless: Serverless): void {
  const { service } = serverless;
  const routes = httpEventsOf(service);
  if (routes.length === 0) return;
  const bodies = service.custom?.unmatched as UnmatchedBodies | undefined;
  if (bodies === undefined) {
    throw new serverless.classes.Error('A service with an API needs custom.unmatched: { path, method }, its bodies');
  }
  const byPath = [...Map.groupBy(routes, ({ path }) => path)];
  const answers = [
    ...byPath.map(([path, here]) => methodAnswer(path, here, bodies.method)),
    ...['/', '{proxy+}'].map((path) => answer(path, { status: 404, body: bodies.path })),
  ];
  // The framework takes routes only from a function, though API Gateway calls none for these.
  const functions = service.getAllFunctions().map((key) => service.getFunction(key));
  const owner = functions.find(({ events = [] }) => events.some(({ http }) => http !== undefined));
  owner?.events?.push(...answers.map((http) => ({ http })));
}

interface MockAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function methodAnswer(path: string, here: readonly HttpEvent[], body: string): MockEvent {
  const allow = here.map(({ method }) => method.toUpperCase()).join(', ');
  return answer(path, { status: 405, body: body.replace('{allow}', allow), headers: { allow: `'${allow}'` } });
}

function answer(path: string, { status, body, headers = {} }: MockAnswer): MockEvent {
  const template = Object.fromEntries(BODY_TYPES.map((type) => [type, `{"statusCode":${status}}`]));
  return {
    method: 'any',
    path,
    integration: 'MOCK',
    request: { template },
    response: {
      headers: { 'content-type': "'application/problem+json'", 'x-request-id': 'context.requestId', ...headers },
      statusCodes: { [status]: { pattern: '', template: body } },
    },
  };
}
