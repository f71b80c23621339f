import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import fc from 'fast-check';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { API_PATH } from '../http/requests/base-url.ts';
import { createServe } from '../serve/serve.ts';
import { createAnswerCheck } from '../testing/answer-check.ts';
import { apiEvent, type EventParts } from '../testing/api-event.ts';
import { createEveryRoute } from '../testing/every-route.ts';
import { createMemoryRunOnce } from '../testing/memory-run-once.ts';
import { type RequestedOperation, strangeRequests } from '../testing/strange-requests.ts';
import { createOpenApiDocument } from './document.ts';

/** Other requests each time; `npm run fuzz` sends 2,000 to each route. A failure prints its seed. */
const RUNS = Number(process.env.WEIR_FUZZ_RUNS ?? 100);
/** Far more than the requests need, even on a busy machine. */
const TIMEOUT_MS = 20_000 + RUNS * 100;

const document = createOpenApiDocument() as ReturnType<typeof JSON.parse>;
const { schemas } = document.components;
const operations = Object.entries(document.paths as Record<string, Record<string, RequestedOperation>>).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path: `${API_PATH}${path}`, method, operation, schemas })),
);
const check = createAnswerCheck(document);
const log = silentLog;
const serve = createServe({
  routes: createEveryRoute(document),
  authenticate: createAuthenticate({ log, now: () => 0 }),
  runOnce: createMemoryRunOnce().runOnce,
  log,
});

/** The faults of the answer to a request. */
async function faultsOf({ path, method }: { path: string; method: string }, parts: EventParts): Promise<string[]> {
  const { statusCode: status, headers: given = {}, body } = await serve(apiEvent(parts));
  const headers = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const isError = status >= 400;
  // A path with another number of segments belongs to another route, or to none. Its problem is not this operation's.
  if (parts.path.split('/').length !== path.split('/').length) return status < 500 ? [] : [`${status} ${body}`];
  return [
    ...(status < 500 ? [] : [`it is a ${status}: ${body}`]),
    ...(headers.get('x-request-id') === 'request-1' ? [] : ['x-request-id is not the request’s']),
    ...(isError && headers.get('content-type') !== 'application/problem+json' ? ['it is no problem+json'] : []),
    ...check({ path: path.slice(API_PATH.length), method, status, headers, body }),
  ];
}

describe(`strange requests, ${RUNS} to each route,`, function () {
  this.timeout(TIMEOUT_MS);

  for (const requested of operations) {
    it(`get answers that match the document from ${requested.method.toUpperCase()} ${requested.path}, and never with a 5xx`, async () => {
      await fc.assert(
        fc.asyncProperty(strangeRequests(requested), async (parts) => {
          expect(await faultsOf(requested, parts)).to.deep.equal([]);
        }),
        { numRuns: RUNS },
      );
    });
  }

  it('get both kinds of answers: values that match the schemas are mostly accepted', async () => {
    const sent = operations.find(({ method, path }) => `${method} ${path}` === 'post /v1/events');
    if (sent === undefined) throw new Error('there is no such operation');
    const wanted = [202, 400, 413, 415];
    const statuses = new Set<number>();
    const isReached = () => wanted.every((status) => statuses.has(status));
    // The rarest of them, 413, occurs about once in a hundred requests.
    for (let batch = 0; batch < 20 && !isReached(); batch++) {
      const requests = fc.sample(strangeRequests(sent), 300);
      for (const parts of requests) statuses.add((await serve(apiEvent(parts))).statusCode);
    }
    expect([...statuses]).to.include.members(wanted);
  });
});
