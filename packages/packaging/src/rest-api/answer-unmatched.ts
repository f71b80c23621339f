import { type HttpEvent, httpEventsOf, type MockEvent, type Serverless } from '../framework/serverless.ts';

/** What `custom.unmatched` of a service with an API says: bodies, in which API Gateway replaces variables of `$context`. */
export interface UnmatchedBodies {
  /** For a path that no route has. */
  readonly path: string;
  /** For a method that the path has not. `{allow}` stands for those that it has. */
  readonly method: string;
}

/** What clients say that a body is. API Gateway refuses with 415 what has none of these types. */
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
 * Has API Gateway answer what no route takes, without a key and without a function. Where no method of the API fits, it
 * takes `Authorization` for a signature of AWS's own, which a key is not, and refuses it with 403. So each path gets a method
 * for all that it has not, and the root and what else is below it one for all.
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
