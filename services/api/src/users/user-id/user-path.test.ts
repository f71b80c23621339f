import { checkEvent, checkText } from '@weir/events';
import { expect } from 'chai';
import fc from 'fast-check';
import { json } from '../../http/answers/response.ts';
import { findRoute, type Route } from '../../http/route.ts';
import { readUserId } from './read-user-id.ts';
import { userPath } from './user-path.ts';

const answer = async () => json(200, {});
const routes: Route[] = ['', '/activity', '/avatar'].map((rest) => ({
  method: 'GET',
  path: `/v1/users/{userId}${rest}`,
  access: 'open',
  answer,
}));

/** The user whom a client's URL reaches, on any of the routes; undefined if it reaches none. */
function userReached(path: string, rest: string): string | undefined {
  const { pathname } = new URL(`http://localhost${path}${rest}`);
  const found = findRoute(routes, 'GET', pathname);
  if (found.kind === 'problem' || found.route.path !== `/v1/users/{userId}${rest}`) return undefined;
  const given = readUserId(found);
  return given.kind === 'user-id' ? given.userId : undefined;
}

/** Whether an event may have this id. */
function isSent(userId: string): boolean {
  const event = { userId, action: 'a', timestamp: 1_764_000_000_000 };
  return checkEvent(event, event.timestamp).ok && checkText(JSON.stringify(event)) === undefined;
}

const userId = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300, size: 'max' }),
  fc.string({
    unit: fc.constantFrom('.', '~', '/', '\\', '%', '2', 'E', 'e', '\u0000', '\ud800', '?', '#', ' ', '\n'),
  }),
  fc.string({ unit: fc.constantFrom('\u{10ffff}', 'é', '.'), minLength: 254, maxLength: 258 }),
  fc.tuple(fc.nat(257), fc.constantFrom('.', '..', '...', '')).map(([count, end]) => '~'.repeat(count) + end),
);

describe('the path of a user', () => {
  it('leads to every user that events may have, and to no other, through every parser of paths', () => {
    fc.assert(
      fc.property(userId, fc.constantFrom('', '/activity', '/avatar'), (id, rest) => {
        if (!id.isWellFormed()) {
          expect(isSent(id)).to.equal(false);
          expect(() => userPath(id)).to.throw(URIError);
        } else expect(userReached(userPath(id), rest)).to.equal(isSent(id) ? id : undefined);
      }),
      { numRuns: 2_000 },
    );
  });

  const paths: readonly [userId: string, path: string][] = [
    ['.', '/v1/users/~.'],
    ['..', '/v1/users/~..'],
    ['~.', '/v1/users/~~.'],
    ['~~..', '/v1/users/~~~..'],
    ['~', '/v1/users/~'],
    ['~a', '/v1/users/~a'],
    ['...', '/v1/users/...'],
    ['~...', '/v1/users/~...'],
    ['./..', '/v1/users/.%2F..'],
    ['%2E', '/v1/users/%252E'],
  ];
  for (const [id, path] of paths) {
    it(`of ${id} is ${path}`, () => {
      expect(userPath(id)).to.equal(path);
      expect(userReached(path, '')).to.equal(id);
    });
  }

  it('may have its ~ percent-encoded', () => {
    expect(userReached('/v1/users/%7E..', '/activity')).to.equal('..');
  });
});
