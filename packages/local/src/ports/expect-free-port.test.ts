import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect } from 'chai';
import { expectFreePort } from './expect-free-port.ts';
import { freePort } from './free-port.ts';
import { localPorts, numberedService } from './local-ports.ts';

describe('a port', () => {
  it('that is free stays free', async () => {
    const port = await freePort();
    await expectFreePort(port);
    await expectFreePort(port);
  });

  it('that is taken is told in one sentence, with what to do', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const message = await expectFreePort(port).catch((error: Error) => error.message);
    expect(message).to.match(new RegExp(`^Port ${port} is in use.* move all ports with WEIR_PORT_OFFSET\\.$`));
    server.close();
  });

  it('is another one each time that any free one is wanted', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, freePort));
    expect(new Set(ports).size).to.be.above(15);
    expect(ports.every((port) => port > 1024)).to.equal(true);
  });

  it('of a service is its own, and moves with all others', () => {
    const { aws, api, service } = localPorts(100);
    const ports = [aws, api, ...Object.values(service('api')), ...Object.values(service('ingest-stream'))];
    expect(ports).to.deep.equal([4666, 3100, 3110, 3111, 3112, 3120, 3121, 3122]);
    expect(new Set(ports).size).to.equal(ports.length);
    expect(localPorts().aws).to.equal(4566);
    const others = [localPorts().service('reports'), localPorts().service('notifications')];
    expect(others).to.deep.equal([
      { http: 3030, lambda: 3031, websocket: 3032 },
      { http: 3040, lambda: 3041, websocket: 3042 },
    ]);
  });

  for (const [name, expected] of [
    ['weir-api', 'api'],
    ['api', 'api'],
    ['weir-ingest-stream', 'ingest-stream'],
    ['weir-reports', 'reports'],
    ['weir-notifications', 'notifications'],
    ['other', undefined],
  ] as const) {
    it(`is fixed for the service ${name} by ${expected ?? 'nothing'}`, () => {
      expect(numberedService(name)).to.equal(expected);
    });
  }
});
