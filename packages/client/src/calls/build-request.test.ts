import { expect } from 'chai';
import { buildRequest, type OperationName } from './build-request.ts';

const newId = () => 'new';
const JSON_TYPE = { 'content-type': 'application/json' };

describe('buildRequest', () => {
  const requests: readonly [string, OperationName, object, object][] = [
    [
      'a path and a query',
      'getMetrics',
      { action: 'a', interval: 'hour', fill: undefined },
      { target: '/metrics/a?interval=hour' },
    ],
    ['no query', 'listActions', {}, { method: 'GET', target: '/actions', headers: {} }],
    ['a number and a boolean', 'deleteKey', { id: 'k', descendants: true }, { target: '/keys/k?descendants=true' }],
    ['a segment that is encoded', 'getUser', { userId: 'a/b ?é' }, { target: '/users/a%2Fb%20%3F%C3%A9' }],
    ['two segments', 'getDelivery', { id: 'w', deliveryId: 'd' }, { target: '/webhooks/w/deliveries/d' }],
    [
      'headers',
      'getUser',
      { userId: 'u', ifNoneMatch: '"1"' },
      { target: '/users/u', headers: { 'if-none-match': '"1"' } },
    ],
    [
      'a body',
      'putUser',
      { userId: 'u', body: { name: 'Ada' } },
      { method: 'PUT', target: '/users/u', headers: JSON_TYPE, body: '{"name":"Ada"}' },
    ],
    ['a POST, under an id of its own', 'testWebhook', { id: 'w' }, { headers: { 'idempotency-key': 'new' } }],
    [
      'a POST under the id that it is given',
      'testWebhook',
      { id: 'w', idempotencyKey: 'mine' },
      { headers: { 'idempotency-key': 'mine' } },
    ],
  ];
  for (const [name, operation, input, expected] of requests) {
    it(`writes ${name}`, () => expect(buildRequest(operation, input, newId)).to.deep.include(expected));
  }

  const ids: readonly [string, string][] = [
    ['.', '~.'],
    ['..', '~..'],
    ['~.', '~~.'],
    ['~~..', '~~~..'],
    ['~', '~'],
    ['...', '...'],
    ['~a', '~a'],
  ];
  for (const [userId, segment] of ids) {
    it(`writes the user ${userId} as ${segment}, so that nothing takes it for a step in the path`, () => {
      const { target } = buildRequest('getUser', { userId }, newId);
      expect(target).to.equal(`/users/${segment}`);
      expect(new URL(`https://weir.example${target}`).pathname).to.equal(`/users/${segment}`);
    });
  }

  it('refuses a path without one of its parts, and an action that is a step', () => {
    expect(() => buildRequest('getUser', {}, newId)).to.throw(TypeError, 'getUser needs userId');
    expect(() => buildRequest('getMetrics', { action: '' }, newId)).to.throw(TypeError, 'getMetrics needs action');
    expect(() => buildRequest('getMetrics', { action: '..' }, newId)).to.throw(TypeError, 'action cannot be ..');
  });
});
