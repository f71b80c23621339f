import { expect } from 'chai';
import { useWeir } from './shared-weir.ts';

const ORIGIN = 'https://app.example.com';

describe('a page in a browser', function () {
  this.timeout(60_000);
  const weir = useWeir();
  const call = (path: string, init: RequestInit) =>
    fetch(`${weir.doors.apiUrl}${path}`, { ...init, headers: { origin: ORIGIN, ...init.headers } });

  it('may call each path of the document with its methods', async () => {
    const { paths } = (await weir.doors.call('/openapi.json')).body as { paths: Record<string, object> };
    expect(Object.keys(paths)).to.not.have.length(0);
    for (const [path, operations] of Object.entries(paths)) {
      const { status, headers } = await call(path.replace(/\{[^}]+\}/g, 'anna'), { method: 'OPTIONS' });
      expect(status, path).to.equal(200);
      const allowed = headers.get('access-control-allow-methods')?.split(',');
      expect(allowed, path).to.have.members(['OPTIONS', ...Object.keys(operations).map((name) => name.toUpperCase())]);
    }
  });

  it('may call with a key, and asks once in two hours', async () => {
    const { status, headers } = await call('/metrics/checkout', {
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
    });
    expect(status).to.equal(200);
    expect(headers.get('access-control-allow-origin')).to.equal('*');
    expect(headers.get('access-control-allow-methods')).to.equal('OPTIONS,GET');
    expect(headers.get('access-control-max-age')).to.equal('7200');
    expect(headers.get('access-control-allow-headers')).to.include('authorization').and.include('idempotency-key');
    expect(headers.has('access-control-allow-credentials')).to.equal(false);
  });

  it('may send and show pictures, and read nothing else of AWS', async () => {
    const { awsUrl } = weir.doors;
    const ask = (path: string, method: string) => {
      const headers = { origin: ORIGIN, 'access-control-request-method': method };
      return fetch(`${awsUrl}${path}`, { method: 'OPTIONS', headers });
    };
    const leave = await ask('/weir-local-avatars-000000000000/uploads/a/b', 'PUT');
    expect([leave.status, leave.headers.get('access-control-allow-origin')]).to.deep.equal([200, '*']);
    for (const [path, method] of [
      ['/weir-local-avatars-000000000000/uploads/a/b', 'DELETE'],
      ['/weir-local-archive-000000000000/events/a', 'GET'],
      ['/_weir/services', 'GET'],
      ['/', 'POST'],
    ] as const) {
      expect((await ask(path, method)).status, `${method} ${path}`).to.equal(403);
    }
  });

  it('may read that there is no such path', async () => {
    expect((await call('/none', { method: 'OPTIONS' })).status).to.equal(404);
  });

  for (const [what, path, method, status] of [
    ['an answer', '/health', 'GET', 200],
    ['an error of a function', '/actions', 'GET', 401],
    ['an error of the gateway', '/none', 'GET', 404],
  ] as const) {
    it(`may read ${what}, and its id`, async () => {
      const response = await call(path, { method });
      const { headers } = response;
      expect(response.status).to.equal(status);
      expect(headers.get('access-control-allow-origin')).to.equal('*');
      expect(headers.get('access-control-expose-headers')?.split(',')).to.include('x-request-id');
      expect(headers.get('x-request-id')).to.have.length.greaterThan(0);
    });
  }
});
