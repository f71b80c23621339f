import { expect } from 'chai';
import { findPath, findRoute } from './find-route.ts';

const events = [
  'any /',
  'any {proxy+}',
  'get v1/users',
  'any v1/users',
  'any v1/users/{userId}',
  'put v1/users/{userId}',
  'get v1/users/me',
  'get v1/files/{path+}',
].map((text) => {
  const [method = '', path = ''] = text.split(' ');
  return { text, method, path };
});

describe('findRoute', () => {
  const cases: [request: string, route: string | undefined][] = [
    ['GET /v1/users', 'get v1/users'],
    ['GET /v1/users/', 'get v1/users'],
    ['POST /v1/users', 'any v1/users'],
    ['PUT /v1/users/a%2Fb', 'put v1/users/{userId}'],
    ['DELETE /v1/users/a', 'any v1/users/{userId}'],
    ['GET /v1/users/me', 'get v1/users/me'],
    // Measured in AWS: a path without the method hides no less specific one that has it.
    ['PUT /v1/users/me', 'put v1/users/{userId}'],
    ['POST /v1/users/me', 'any v1/users/{userId}'],
    ['GET /v1/users/a/b', 'any {proxy+}'],
    ['GET /v1', 'any {proxy+}'],
    ['GET /v1/files/a/b', 'get v1/files/{path+}'],
    ['POST /v1/files/a', 'any {proxy+}'],
    ['GET /v1/files', 'any {proxy+}'],
    ['GET /', 'any /'],
    ['HEAD /', 'any /'],
  ];
  for (const [request, route] of cases) {
    it(`takes ${request} to ${route}`, () => {
      const [method = '', path = ''] = request.split(' ');
      expect(findRoute(events, method, path)?.text).to.equal(route);
    });
  }

  it('finds none if no event fits', () => {
    expect(findRoute([{ method: 'get', path: 'v1/users' }], 'POST', '/v1/users')).to.equal(undefined);
    expect(findRoute([{ method: 'any', path: '{proxy+}' }], 'GET', '/')).to.equal(undefined);
  });
});

describe('findPath', () => {
  const find = (path: string, ...paths: string[]) =>
    findPath(
      paths.map((one) => ({ method: 'get', path: one })),
      path,
    );

  it('finds a path whatever its methods, and none that has other segments', () => {
    expect(find('/v1/users/a', 'v1/users/{userId}')).to.equal('v1/users/{userId}');
    for (const path of ['/v1/users', '/v1/users/a/b', '/v1/keys/a']) {
      expect(find(path, 'v1/users/{userId}'), path).to.equal(undefined);
    }
  });

  it('finds the most specific one', () => {
    expect(find('/v1/alerts/preview', 'v1/{proxy+}', 'v1/alerts/{id}', 'v1/alerts/preview')).to.equal(
      'v1/alerts/preview',
    );
    expect(find('/v1/alerts/al_1', 'v1/{proxy+}', 'v1/alerts/{id}', 'v1/alerts/preview')).to.equal('v1/alerts/{id}');
  });
});
