import { expect } from 'chai';
import { useWeir } from './shared-weir.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

interface Document {
  readonly paths: Readonly<Record<string, object>>;
}

describe('a request without a matching route', function () {
  this.timeout(60_000);
  const weir = useWeir();

  /** Calls a path after `/v1`, with the bootstrap key unless another header is given. */
  async function call(path: string, init: RequestInit = {}) {
    const { apiUrl, key } = weir.doors;
    const headers = { authorization: `Bearer ${key}`, origin: 'https://app.example.com', ...init.headers };
    const response = await fetch(`${apiUrl}${path}`, { ...init, headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  function expectProblem({ status, headers, text }: Awaited<ReturnType<typeof call>>, problem: object): void {
    const requestId = headers.get('x-request-id');
    expect(JSON.parse(text)).to.deep.equal({ status, ...problem, requestId });
    expect(requestId).to.have.length.greaterThan(0);
    expect(headers.get('content-type')).to.equal('application/problem+json');
    expect(headers.get('access-control-allow-origin')).to.equal('*');
    expect(headers.get('access-control-expose-headers')?.split(',')).to.include('x-request-id');
  }

  const notFound = {
    type: 'urn:weir:problem:not-found',
    title: 'There is no such route',
    detail: 'no route has this path; GET /v1/docs lists all routes',
  };

  // Clients shorten the last two to the root and to a path below it, outside `/v1`.
  for (const path of ['/none', '/none/at/all', '/events/1', '/users/anna/none', '/../', '/../none']) {
    it(`is not found at ${path}, with a good key, a bad one and none`, async () => {
      for (const authorization of [`Bearer ${weir.doors.key}`, 'Bearer weir_nobody', '']) {
        const answer = await call(path, { headers: { authorization } });
        expect(answer.status).to.equal(404);
        expectProblem(answer, notFound);
      }
    });
  }

  it('is not found with any method and any body', async () => {
    for (const method of METHODS) expectProblem(await call('/none', { method }), notFound);
    for (const type of ['application/json', 'text/plain;charset=utf-8', 'application/x-www-form-urlencoded']) {
      const answer = await call('/none', { method: 'POST', body: 'a=1', headers: { 'content-type': type } });
      expect(answer.status, type).to.equal(404);
    }
    expect((await call('/none', { method: 'HEAD' })).status).to.equal(404);
  });

  it('gets the list of the methods of a path, on every path of the document', async () => {
    const { paths } = (await weir.doors.call('/openapi.json')).body as Document;
    expect(Object.keys(paths)).to.not.have.length(0);
    for (const [path, operations] of Object.entries(paths)) {
      const allowed = Object.keys(operations).map((method) => method.toUpperCase());
      for (const method of METHODS.filter((name) => !allowed.includes(name))) {
        const answer = await call(path.replace(/\{[^}]+\}/g, 'anna'), { method });
        const name = `${method} ${path}`;
        expect(answer.status, name).to.equal(405);
        const allow = answer.headers.get('allow')?.split(', ') ?? [];
        expect(allow, name).to.have.members(allowed);
        expectProblem(answer, {
          type: 'urn:weir:problem:method-not-allowed',
          title: 'The route has no such method',
          detail: `${method} is not one of ${allow.join(', ')}`,
        });
      }
    }
  });
});
