import { expect } from 'chai';
import { json } from './answers/response.ts';
import { findRoute, type Route } from './route.ts';

const answer = async () => json(200, {});
const routes: Route[] = [
  { method: 'GET', path: '/v1/metrics/{action}', access: 'open', answer },
  { method: 'POST', path: '/v1/events', access: 'open', answer },
];

describe('findRoute', () => {
  const actions: [path: string, action: string][] = [
    ['/v1/metrics/checkout', 'checkout'],
    ['/v1/metrics/a%3Ab', 'a:b'],
    ['/v1/metrics/a%252Fb', 'a%2Fb'],
    ['/v1/metrics/__proto__', '__proto__'],
  ];
  for (const [path, action] of actions) {
    it(`decodes ${path} once`, () => {
      expect(findRoute(routes, 'GET', path)).to.deep.include({ kind: 'match', params: { action } });
    });
  }

  it('refuses a percent-encoding that is not UTF-8', () => {
    expect(findRoute(routes, 'GET', '/v1/metrics/%ff')).to.include({ kind: 'problem', name: 'invalid-path' });
  });

  for (const path of ['/', '', '/v1', '/v1/metrics', '/v1/metrics/a/b', '/v2/events', '/v1/events/', '/V1/events']) {
    it(`knows no route ${JSON.stringify(path)}`, () => {
      expect(findRoute(routes, 'GET', path)).to.include({ kind: 'problem', name: 'not-found' });
    });
  }

  it('lists the methods of a route', () => {
    const found = findRoute(routes, 'DELETE', '/v1/events');
    expect(found).to.deep.include({ kind: 'problem', name: 'method-not-allowed', headers: { allow: 'POST' } });
  });
});
