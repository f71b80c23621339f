import { expect } from 'chai';
import type { HttpEvent } from './http-event.ts';
import { preflightHeaders } from './preflight.ts';

const cors = (more: object = {}): HttpEvent['cors'] => ({ headers: ['authorization'], maxAge: 60, ...more });
const route = (method: string, path: string, own?: HttpEvent['cors']): HttpEvent => {
  return { method, path, ...(own && { cors: own }) };
};
const originOf = (own: HttpEvent['cors'], origin: string | undefined) =>
  preflightHeaders([route('get', 'v1/a', own)], '/v1/a', origin)?.['access-control-allow-origin'];

describe('the answer to a preflight', () => {
  for (const [what, own, origin, expected] of [
    ['any page where there is no list', cors(), 'https://x.test', '*'],
    ['the one page of the template', cors({ origin: 'https://a.test' }), 'https://x.test', 'https://a.test'],
    ['a page of the list', cors({ origins: ['https://a.test', 'https://b.test'] }), 'https://b.test', 'https://b.test'],
    [
      'the first of the list to another',
      cors({ origins: ['https://a.test', 'https://b.test'] }),
      'x',
      'https://a.test',
    ],
    ['the first of the list to nobody', cors({ origins: ['https://a.test'] }), undefined, 'https://a.test'],
    ['any page where the list is empty', cors({ origins: [] }), 'https://x.test', '*'],
  ] as const) {
    it(`names ${what}`, () => expect(originOf(own, origin)).to.equal(expected));
  }

  it('is none if no method of the path has CORS, or no route has the path', () => {
    expect(preflightHeaders([route('get', 'v1/a')], '/v1/a', 'x')).to.equal(undefined);
    expect(preflightHeaders([route('get', 'v1/a', cors())], '/v1/b', 'x')).to.equal(undefined);
    expect(preflightHeaders([], '/v1/a', 'x')).to.equal(undefined);
  });

  it('names the methods of the most specific path alone', () => {
    const routes = [route('get', 'v1/{id}', cors()), route('post', 'v1/preview', cors()), route('put', 'v1/{id}')];
    const methodsAt = (path: string) => preflightHeaders(routes, path, undefined)?.['access-control-allow-methods'];
    expect([methodsAt('/v1/preview'), methodsAt('/v1/x')]).to.deep.equal(['OPTIONS,POST', 'OPTIONS,GET,PUT']);
  });

  it('names the methods of the path, and not those that only answer that there is none', () => {
    const mock = { ...route('any', '{proxy+}', cors()), integration: 'MOCK' } as HttpEvent;
    const routes = [mock, route('put', 'v1/{id}'), route('get', 'v1/{id}', cors()), route('post', 'v1', cors())];
    expect(preflightHeaders(routes, '/v1/a', undefined)?.['access-control-allow-methods']).to.equal('OPTIONS,PUT,GET');
  });
});
