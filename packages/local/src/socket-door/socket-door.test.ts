import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { WebSocket } from 'ws';
import type { ProxyEvent } from '../api-door/testing/local-api.ts';
import { until } from '../testing/until.ts';
import { type LocalSockets, type LocalSocketsParts, openLocalSockets } from './testing/local-sockets.ts';
import { pingResources } from './testing/ping-resources.ts';

const OK = { statusCode: 200 };
const ID = 'cccccccccccccc0=';

describe('the door of a WebSocket API', () => {
  let sockets: LocalSockets;
  let events: ProxyEvent[];

  /** Every event goes to `f`, which keeps it and answers with `answer`. */
  async function open(answer: (event: ProxyEvent) => unknown = () => OK, parts: Partial<LocalSocketsParts> = {}) {
    events = [];
    const f = (event: ProxyEvent) => {
      events.push(event);
      return answer(event);
    };
    sockets = await openLocalSockets({ ...parts, functions: { f, ...parts.functions } });
  }

  afterEach(() => sockets.close());

  const kinds = () => events.map(({ requestContext }) => requestContext.eventType);
  const hear = async (client: WebSocket): Promise<string> => String((await once(client, 'message'))[0]);

  /** Status and body of a refused handshake. */
  async function refusal(
    client: WebSocket,
  ): Promise<{ status: number; body: string; headers: IncomingMessage['headers'] }> {
    const [, response] = (await once(client, 'unexpected-response')) as [unknown, IncomingMessage];
    return { status: response.statusCode ?? 0, body: await text(response), headers: response.headers };
  }

  describe('asked for a connection', () => {
    const answering = (protocol?: string) => (event: ProxyEvent) =>
      event.requestContext.eventType === 'CONNECT' && protocol !== undefined
        ? { ...OK, headers: { 'Sec-WebSocket-Protocol': protocol } }
        : OK;

    it('answers exactly the subprotocol that the function returned, wherever it was offered', async () => {
      await open(answering('weir.v1'));
      const client = await sockets.connected(['weir.key.secret', 'weir.v1']);
      expect(client.protocol).to.equal('weir.v1');
    });

    it('answers none if the function returned none', async () => {
      await open(answering());
      const client = sockets.client(['weir.v1', 'weir.key.secret']);
      // As in Chrome: a client that offered something and gets nothing ends the connection.
      const [error] = await once(client, 'error');
      expect((error as Error).message).to.equal('Server sent no subprotocol');
    });

    it('answers what the function returned even if the client has not offered it', async () => {
      await open(answering('weir.v2'));
      const [error] = await once(sockets.client(['weir.v1']), 'error');
      expect((error as Error).message).to.equal('Server sent an invalid subprotocol');
      const [another] = await once(sockets.client(), 'error');
      expect((another as Error).message).to.equal('Server sent a subprotocol but none was requested');
    });

    it('tells the function of the request and of the connection', async () => {
      await open(answering('weir.v1'));
      await sockets.connected(['weir.v1'], { headers: { 'user-agent': 'test' } });
      const [{ headers, requestContext, isBase64Encoded }] = events;
      expect(headers).to.include({ 'Sec-WebSocket-Protocol': 'weir.v1', 'X-Forwarded-For': '127.0.0.1' });
      expect(requestContext).to.include({
        ...{ routeKey: '$connect', eventType: 'CONNECT', messageDirection: 'IN', stage: 'local', connectionId: ID },
        ...{ requestId: 'r-1', requestTime: '24/Nov/2025:16:00:00 +0000', connectedAt: 1_764_000_000_000 },
      });
      expect(requestContext.identity).to.deep.equal({ sourceIp: '127.0.0.1', userAgent: 'test' });
      expect(isBase64Encoded).to.equal(false);
    });

    const refusals: readonly [string, () => unknown, number, string][] = [
      ['refuses', () => ({ statusCode: 401 }), 401, 'Unauthorized'],
      ['throws', () => Promise.reject(new Error('no')), 502, 'Internal server error'],
      ['returns nothing', () => undefined, 502, 'Internal server error'],
    ];
    for (const [what, answer, status, message] of refusals) {
      it(`answers ${status} before the upgrade if the function ${what}`, async () => {
        await open(answer);
        const refused = await refusal(sockets.client(['weir.v1']));
        expect(refused.status).to.equal(status);
        expect(JSON.parse(refused.body)).to.deep.equal({ message, connectionId: ID, requestId: 'r-1' });
        expect(refused.headers).to.not.have.property('sec-websocket-protocol');
        expect(kinds()).to.deep.equal(['CONNECT']);
      });
    }

    it('answers 504 if the function takes too long', async () => {
      await open(() => new Promise(() => {}), { integrationTimeoutMs: 50 });
      expect((await refusal(sockets.client())).status).to.equal(504);
    });

    it('answers 403 on another path, and 426 without an upgrade, and asks nobody', async () => {
      await open();
      expect((await refusal(sockets.client([], { query: '/else' }))).status).to.equal(403);
      expect((await fetch(sockets.url.replace('ws:', 'http:'))).status).to.equal(426);
      expect(events).to.deep.equal([]);
    });

    it('answers 400 to what is no handshake, and asks nobody', async () => {
      await open();
      const handshake = {
        ...{ connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      };
      const status = (headers: Record<string, string>, method = 'GET') =>
        new Promise<number | undefined>((resolve, reject) => {
          const outgoing = request(sockets.url.replace('ws:', 'http:'), {
            method,
            headers: { ...handshake, ...headers },
          });
          outgoing.once('response', (response) => resolve(response.resume().statusCode)).once('error', reject);
          outgoing.once('upgrade', (_response, socket) => resolve(socket.destroy() && 101)).end();
        });
      for (const headers of [
        ...[{ 'sec-websocket-key': 'short' }, { upgrade: 'h2c' }, { 'sec-websocket-version': '8' }],
        ...[{ 'sec-websocket-protocol': 'a,a' }, { 'sec-websocket-protocol': 'a,,b' }],
      ]) {
        expect(await status(headers), JSON.stringify(headers)).to.equal(400);
      }
      expect(await status({}, 'POST')).to.equal(400);
      expect(events).to.deep.equal([]);
      expect(await status({})).to.equal(101);
    });

    it('answers 431 to a head over 10 KB', async () => {
      await open();
      expect((await refusal(sockets.client([], { headers: { long: 'x'.repeat(10_240) } }))).status).to.equal(431);
    });

    it('tells $disconnect of a client that went away while $connect ran', async () => {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      await open(({ requestContext }) => (requestContext.eventType === 'CONNECT' ? promise : OK));
      const client = sockets.client();
      await until(() => events.length === 1);
      client.terminate();
      resolve(OK);
      await until(() => events.length === 2);
      expect(kinds()).to.deep.equal(['CONNECT', 'DISCONNECT']);
    });

    it('refuses foreign pages and hosts, and lets the pages of the stage’s origins in', async () => {
      await open(() => OK, { origins: ['https://a.test'] });
      for (const headers of [{ origin: 'https://evil.test' }, { host: 'evil.test' }, { origin: 'null' }]) {
        expect((await refusal(sockets.client([], { headers }))).status).to.equal(403);
      }
      expect(events).to.deep.equal([]);
      await sockets.connected([], { headers: { origin: 'https://a.test' } });
    });
  });

  describe('with an authorizer', () => {
    const allow = (event: ProxyEvent, Effect = 'Allow') => ({
      principalId: 'key-1',
      policyDocument: { Statement: [{ Effect, Action: 'execute-api:Invoke', Resource: event.methodArn }] },
      context: { prefix: 'a.' },
    });
    const authorized = (authorizer: (event: ProxyEvent) => unknown) =>
      open(() => OK, {
        functions: { authorizer },
        routes: {
          $connect: {
            authorizer: { name: 'authorizer', identitySource: ['route.request.header.Sec-WebSocket-Protocol'] },
          },
          $disconnect: {},
          $default: {},
        },
      });

    it('asks it with the whole request, and tells every function its context', async () => {
      let asked: ProxyEvent;
      await authorized((event) => {
        asked = event;
        return allow(event);
      });
      const client = sockets.client(['weir.v1'], { query: '?a=b' });
      await once(client, 'error');
      await until(() => kinds().length === 2);
      expect(asked).to.include({
        type: 'REQUEST',
        methodArn: 'arn:aws:execute-api:us-east-1:000000000000:local/local/$connect',
      });
      expect(asked.headers).to.include({ 'Sec-WebSocket-Protocol': 'weir.v1' });
      expect(asked.queryStringParameters).to.deep.equal({ a: 'b' });
      expect(kinds()).to.deep.equal(['CONNECT', 'DISCONNECT']);
      for (const { requestContext } of events) {
        expect(requestContext.authorizer).to.include({ principalId: 'key-1', prefix: 'a.' });
      }
    });

    const refusals: readonly [string, (event: ProxyEvent) => unknown, number, string][] = [
      ['denies', (event) => allow(event, 'Deny'), 403, 'Forbidden'],
      ['says Unauthorized', () => Promise.reject(new Error('Unauthorized')), 401, 'Unauthorized'],
      ['fails', () => Promise.reject(new Error('no')), 500, 'Internal server error'],
      ['returns no policy', () => ({}), 500, 'Internal server error'],
    ];
    for (const [what, answer, status, message] of refusals) {
      it(`answers ${status} if it ${what}, and does not run the function`, async () => {
        await authorized(answer);
        const refused = await refusal(sockets.client(['weir.v1']));
        expect(refused.status).to.equal(status);
        expect(JSON.parse(refused.body)).to.include({ message });
        expect(events).to.deep.equal([]);
      });
    }

    it('answers 401 without asking anybody where the identity is missing', async () => {
      let asked = 0;
      await authorized((event) => {
        asked += 1;
        return allow(event);
      });
      expect((await refusal(sockets.client())).status).to.equal(401);
      expect(asked).to.equal(0);
    });
  });

  describe('with messages', () => {
    const routes = {
      subscribe: { by: 'g' },
      ask: { by: 'g', routeResponseSelectionExpression: '$default' },
      $default: {},
    };
    const g = ({ body, requestContext }: ProxyEvent) => {
      if (body.includes('throw')) throw new Error('no');
      return { ...OK, body: `${requestContext.routeKey} ${body}` };
    };

    it('sends each to the route that its type selects, and else to $default', async () => {
      const heard: string[] = [];
      const keep = ({ requestContext }: ProxyEvent) => {
        heard.push(requestContext.routeKey);
        return OK;
      };
      await open(() => OK, { routes: { ...routes, $disconnect: { by: 'g' } }, functions: { g: keep } });
      const client = await sockets.connected();
      for (const message of ['{"type":"subscribe"}', '{"type":"else"}', '{"type":"$disconnect"}', 'no JSON']) {
        client.send(message);
      }
      await until(() => heard.length === 1 && events.length === 3);
      expect(heard).to.deep.equal(['subscribe']);
      expect(events.map(({ body }) => body)).to.have.members(['{"type":"else"}', '{"type":"$disconnect"}', 'no JSON']);
      expect(events[0].requestContext).to.include({ routeKey: '$default', eventType: 'MESSAGE', connectionId: ID });
      expect(events[0]).to.not.have.property('headers');
    });

    it('takes all that a client sends at once, 16 at a time', async () => {
      let underWay = 0;
      let most = 0;
      await open(async () => {
        underWay += 1;
        most = Math.max(most, underWay);
        await sleep(5);
        underWay -= 1;
        return OK;
      });
      const client = await sockets.connected();
      for (let sent = 0; sent < 100; sent += 1) client.send('x'.repeat(20_000));
      await until(() => events.length === 101);
      expect(most).to.be.within(2, 16);
    });

    it('answers what the function returned where the route has a response', async () => {
      await open(() => OK, { routes, functions: { g } });
      const client = await sockets.connected();
      client.send('{"type":"subscribe"}');
      client.send('{"type":"ask"}');
      expect(await hear(client)).to.equal('ask {"type":"ask"}');
    });

    it('answers by the mock of a route of the template, and asks no function', async () => {
      await open(() => OK, {
        resources: pingResources({ ResponseTemplates: { $default: '{"type":"pong","of":"$context.connectionId"}' } }),
      });
      const client = await sockets.connected();
      client.send('{"type":"ping"}');
      expect(JSON.parse(await hear(client))).to.deep.equal({ type: 'pong', of: ID });
      client.send('{"type":"else"}');
      await until(() => events.length === 2);
      expect(kinds()).to.deep.equal(['CONNECT', 'MESSAGE']);
    });

    it('says when the function fails, and when no route takes the message', async () => {
      const { $default: _without, ...named } = routes;
      await open(() => OK, { routes: named, functions: { g } });
      const client = await sockets.connected();
      client.send('{"type":"subscribe","throw":1}');
      expect(JSON.parse(await hear(client))).to.deep.equal({
        ...{ message: 'Internal server error', connectionId: ID, requestId: 'r-1' },
      });
      client.send('{"type":"else"}');
      expect(JSON.parse(await hear(client))).to.include({ message: 'Forbidden' });
    });
  });

  describe('when a connection ends', () => {
    it('tells $disconnect the client’s code and reason', async () => {
      await open();
      const client = await sockets.connected();
      client.close(4001, 'enough');
      await until(() => events.length === 2);
      expect(events[1].requestContext).to.include({
        ...{ routeKey: '$disconnect', eventType: 'DISCONNECT', connectionId: ID },
        ...{ disconnectStatusCode: 4001, disconnectReason: 'enough' },
      });
      expect((await sockets.call('POST', ID, 'x')).status).to.equal(410);
    });

    it('tells it 1006 if the client just went away', async () => {
      await open();
      (await sockets.connected()).terminate();
      await until(() => events.length === 2);
      expect(events[1].requestContext.disconnectStatusCode).to.equal(1006);
    });
  });
});
