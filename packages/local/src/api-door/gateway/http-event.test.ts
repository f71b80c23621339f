import { expect } from 'chai';
import { httpEventsOf, isMock } from './http-event.ts';

describe('the routes of functions', () => {
  it('are their http events, and none of the others', () => {
    const get = { method: 'get', path: 'v1/a' };
    const post = { method: 'post', path: 'v1/a' };
    const functions = {
      metrics: { events: [{ http: get }, { schedule: 'rate(1 minute)' }, { http: post }] },
      // The framework's short form has no place for what the door reads from a route.
      short: { events: [{ http: 'GET v1/b' }, { http: null }] },
      none: { events: [] },
    };
    expect(httpEventsOf(functions)).to.deep.equal([get, post]);
  });

  it('are answered by API Gateway if they are mocks', () => {
    const route = { method: 'any', path: '{proxy+}' };
    expect(isMock(route)).to.equal(false);
    expect(isMock(Object.assign({ integration: 'lambda-proxy' }, route))).to.equal(false);
    expect(isMock(Object.assign({ integration: 'MOCK' }, route))).to.equal(true);
  });
});
