import { expect } from 'chai';
import { type LocalApi, openLocalApi, type ProxyEvent, problem } from '../testing/local-api.ts';

const gatewayResponses = () => [
  problem(401, 'UNAUTHORIZED'),
  problem(403, 'ACCESS_DENIED'),
  problem(503, 'AUTHORIZER_FAILURE'),
  problem(500, 'AUTHORIZER_CONFIGURATION_ERROR'),
];
const allow = (Resource: unknown = '*') => [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource }];
const answer = (Statement: unknown, more: object = {}) => ({
  principalId: 'a',
  policyDocument: { Statement },
  ...more,
});
const KEY_NEEDED = { name: 'authorize', type: 'request', resultTtlInSeconds: 60 };

describe('a route with an authorizer', () => {
  let api: LocalApi | undefined;
  afterEach(async () => {
    await api?.close();
    api = undefined;
  });

  async function open(authorize: (event: ProxyEvent) => unknown, authorizer: object = KEY_NEEDED): Promise<string> {
    const f = ({ requestContext }: ProxyEvent) => ({
      statusCode: 200,
      body: JSON.stringify(requestContext.authorizer),
    });
    const http = [{ method: 'get', path: 'v1/things/{id}', authorizer }];
    api = await openLocalApi({ functions: { authorize, f }, http, door: { gatewayResponses } });
    return `${api.url}/v1/things/a?key=q`;
  }
  const withKey = (key = 'Bearer x') => ({ headers: { authorization: key } });

  const cases: readonly (readonly [what: string, authorize: (event: ProxyEvent) => unknown, status: number])[] = [
    ['allows it', () => answer(allow()), 200],
    ['allows this method', ({ methodArn }) => answer(allow(methodArn)), 200],
    ['allows the stage', ({ methodArn }) => answer(allow(`${methodArn.split('/', 2).join('/')}/*`)), 200],
    ['allows another method', ({ methodArn }) => answer(allow(`${methodArn}/b`)), 403],
    ['denies it', () => answer([{ Effect: 'Deny', Action: '*', Resource: '*' }]), 403],
    ['allows and denies it', () => answer([...allow(), { Effect: 'Deny', Action: '*', Resource: '*' }]), 403],
    ['says nothing', () => answer([]), 403],
    ['throws Unauthorized', () => Promise.reject(new Error('Unauthorized')), 401],
    ['crashes', () => Promise.reject(new Error('down')), 503],
    ['answers nothing', () => undefined, 500],
    ['names nobody', () => ({ ...answer(allow()), principalId: '' }), 500],
    ['answers no policy', () => ({ principalId: 'a' }), 500],
    ['answers a context of objects', () => answer(allow(), { context: { scopes: ['a'] } }), 500],
  ];
  for (const [what, authorize, status] of cases) {
    it(`answers ${status} where it ${what}`, async () => {
      const response = await fetch(await open(authorize), withKey());
      expect(response.status).to.equal(status);
      if (status !== 200) expect(await response.json()).to.deep.equal({ status, requestId: 'r-1' });
    });
  }

  it('tells the function what the authorizer says, as texts', async () => {
    const context = { keyId: 'k', count: 1, isAdmin: true };
    const response = await fetch(await open(() => answer(allow(), { context })), withKey());
    expect(await response.json()).to.deep.equal({
      ...{ principalId: 'a', integrationLatency: 0 },
      ...{ keyId: 'k', count: '1', isAdmin: 'true' },
    });
  });

  it('asks nobody without the header, or with an empty one', async () => {
    let asked = 0;
    const url = await open(() => {
      asked += 1;
      return answer(allow());
    });
    expect((await fetch(url)).status).to.equal(401);
    expect((await fetch(url, withKey(''))).status).to.equal(401);
    expect(asked).to.equal(0);
  });

  it('shows a REQUEST authorizer the request, and a TOKEN authorizer the header', async () => {
    const events: ProxyEvent[] = [];
    const note = (event: ProxyEvent) => {
      events.push(event);
      return answer(allow());
    };
    await fetch(await open(note), withKey());
    await api?.close();
    await fetch(await open(note, { name: 'authorize' }), withKey());
    const methodArn = 'arn:aws:execute-api:us-east-1:000000000000:local/local/GET/v1/things/a';
    expect(events[0]).to.deep.include({
      type: 'REQUEST',
      methodArn,
      path: '/v1/things/a',
      resource: '/v1/things/{id}',
    });
    expect(events[0].queryStringParameters).to.deep.equal({ key: 'q' });
    expect(events[1]).to.deep.equal({ type: 'TOKEN', methodArn, authorizationToken: 'Bearer x' });
  });

  it('is asked with what its identity source names, in the form that it wants', async () => {
    const inQuery = { ...KEY_NEEDED, identitySource: 'method.request.querystring.key' };
    expect((await fetch(await open(() => answer(allow()), inQuery))).status).to.equal(200);
    await api?.close();
    const strict = { name: 'authorize', identityValidationExpression: '^Bearer \\w+$' };
    const url = await open(() => answer(allow()), strict);
    expect((await fetch(url, withKey('Bearer !'))).status).to.equal(401);
    expect((await fetch(url, withKey('Bearer a'))).status).to.equal(200);
  });

  it('is a fault of the template where no function has its name', async () => {
    expect((await fetch(await open(() => answer(allow()), { name: 'none' }), withKey())).status).to.equal(500);
  });

  it('is called once for requests that come together with one key, and again for later ones', async () => {
    const keys: string[] = [];
    const held: (() => void)[] = [];
    const url = await open(({ headers }) => {
      keys.push(headers.authorization);
      return new Promise((resolve) => held.push(() => resolve(answer(allow()))));
    });
    const together = ['a', 'b', 'a', 'a'].map((key) => fetch(url, withKey(key)));
    while (held.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const release of held.splice(0)) release();
    for (const response of await Promise.all(together)) expect(response.status).to.equal(200);
    expect(keys).to.have.members(['a', 'b']);
    const later = fetch(url, withKey('a'));
    while (held.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    held[0]?.();
    expect((await later).status).to.equal(200);
    expect(keys).to.have.length(3);
  });
});
