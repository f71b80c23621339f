import { request } from 'node:http';
import { expect } from 'chai';
import { type Handler, type LocalApi, type LocalApiParts, openLocalApi } from './testing/local-api.ts';

describe('the API’s door', () => {
  let api: LocalApi | undefined;

  async function open(f: Handler, door: LocalApiParts['door'] = {}, http?: readonly object[]): Promise<string> {
    api = await openLocalApi({ functions: { f }, door, ...(http && { http }) });
    return api.url;
  }

  afterEach(async () => {
    await api?.close();
    api = undefined;
  });

  const ok = { statusCode: 200, body: '{}' };

  describe('asked by a browser whether a page may call', () => {
    const named = ['https://a.test', 'https://b.test'];
    const route = (method: string, path: string, cors?: object) => ({ method, path, ...(cors && { cors }) });
    const allow = (more: object) => ({ headers: ['authorization', 'content-type'], maxAge: 60, ...more });
    const preflight = async (http: readonly object[], path: string, origin: string) => {
      const url = await open(() => ok, {}, http);
      return fetch(`${url}${path}`, { method: 'OPTIONS', headers: { origin } });
    };

    it('lets no page in without CORS', async () => {
      const response = await preflight([route('get', 'v1/users/{id}')], '/v1/users/a', 'https://a.test');
      expect(response.status).to.equal(403);
      expect(response.headers.has('access-control-allow-origin')).to.equal(false);
    });

    it('answers for all methods of the path, of whatever function', async () => {
      const http = [
        route('get', 'v1/users/{id}', allow({ origin: '*' })),
        route('delete', 'v1/users/{id}', allow({ origin: '*' })),
        route('post', 'v1/users', allow({ origin: '*' })),
      ];
      const { status, headers } = await preflight(http, '/v1/users/a%2Fb?x=1', 'https://a.test');
      expect(status).to.equal(200);
      expect(headers.get('access-control-allow-origin')).to.equal('*');
      expect(headers.get('access-control-allow-methods')).to.equal('OPTIONS,GET,DELETE');
      expect(headers.get('access-control-allow-headers')).to.equal('authorization,content-type');
      expect(headers.get('access-control-max-age')).to.equal('60');
    });

    it('answers in place of the path’s method for all others, which answers the rest', async () => {
      const cors = allow({ origin: '*' });
      const mock = {
        ...route('any', 'v1/users'),
        integration: 'MOCK',
        request: { template: { 'application/json': '{"statusCode":405}' } },
        response: { headers: {}, statusCodes: { 405: { template: '{}' } } },
      };
      const http = [route('get', 'v1/users', cors), mock];
      const { status, headers } = await preflight(http, '/v1/users', 'https://a.test');
      expect([status, headers.get('access-control-allow-methods')]).to.deep.equal([200, 'OPTIONS,GET']);
      expect((await fetch(`${api?.url}/v1/users`, { method: 'DELETE' })).status).to.equal(405);
    });

    it('lets one of several origins in', async () => {
      const http = [route('get', 'v1/users', allow({ origins: named }))];
      const allowed = await preflight(http, '/v1/users', 'https://b.test');
      expect(allowed.headers.get('access-control-allow-origin')).to.equal('https://b.test');
    });

    for (const origin of ['https://c.test', 'null', 'http://localhost:5173']) {
      it(`refuses ${origin}, which is none of them, with a problem`, async () => {
        const refused = await preflight([route('get', 'v1/users', allow({ origins: named }))], '/v1/users', origin);
        expect(refused.status).to.equal(403);
        expect(refused.headers.get('content-type')).to.equal('application/problem+json');
        expect(await refused.json()).to.include({ type: 'urn:weir:problem:gateway-refused', requestId: 'r-1' });
        expect(refused.headers.has('access-control-allow-origin')).to.equal(false);
      });
    }
  });

  describe('called by somebody else', () => {
    /** Sends a request with a host of its own, which `fetch` does not let anybody set. */
    const call = (headers: Record<string, string>, path = '/v1/x') =>
      new Promise<{ status: number; type: string }>((resolve, reject) => {
        request(`${api?.url}${path}`, { headers }, (response) => {
          response.resume();
          resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '' });
        })
          .on('error', reject)
          .end();
      });

    it('refuses a name that was pointed at it, with a problem', async () => {
      await open(() => ok, { hosts: ['host.docker.internal'] });
      expect(await call({ host: 'evil.test' })).to.deep.equal({ status: 403, type: 'application/problem+json' });
      for (const host of ['localhost:3000', '127.0.0.1:3000', 'host.docker.internal:3000']) {
        expect((await call({ host })).status, host).to.equal(200);
      }
    });

    it('refuses a foreign page whatever it asks for, and not its own', async () => {
      await open(() => ok);
      expect((await call({ origin: 'http://evil.test' })).status).to.equal(403);
      expect((await call({ 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'script' })).status).to.equal(403);
      expect((await call({ host: 'localhost:3000', origin: 'http://localhost:3000' })).status).to.equal(200);
      expect((await call({ 'sec-fetch-site': 'same-origin' })).status).to.equal(200);
    });
  });
});
