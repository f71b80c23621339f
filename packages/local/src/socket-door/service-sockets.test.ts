import { expect } from 'chai';
import { WebSocket } from 'ws';
import { freePort } from '../ports/free-port.ts';
import type { ServiceStatus } from '../registration/service-registration.ts';
import { createServiceSockets } from './service-sockets.ts';

const registration = (name: string, websocket?: string) => ({
  ...{ name, stage: 'local', region: 'us-east-1', lambdaUrl: 'http://127.0.0.1:9', resources: {}, extensions: {} },
  functions: { f: { name: 'f', timeoutSeconds: 6, events: websocket === undefined ? [] : [{ websocket }] } },
});

describe('the WebSocket API of the services', () => {
  it('has a door as soon as a service needs it, and only for one service', async () => {
    const port = await freePort();
    const services: ServiceStatus[] = [];
    const sockets = createServiceSockets({ port, services: () => services, hosts: [], log: () => {} });
    try {
      await sockets.prepare(registration('a'));
      expect(sockets.url()).to.equal(undefined);
      await sockets.prepare(registration('b', 'ping'));
      services.push({ ...registration('b', 'ping'), state: 'ready' });
      expect(sockets.url()).to.equal(`ws://localhost:${port}/local`);
      await sockets.prepare(registration('b', 'ping'));
      const client = new WebSocket(sockets.url() ?? '');
      await new Promise((resolve, reject) => client.once('open', resolve).once('error', reject));
      const refused = await sockets.prepare(registration('c', 'ping')).catch((error: Error) => error.message);
      expect(refused).to.match(/^The local AWS has one WebSocket API, and it is that of b: /);
    } finally {
      await sockets.close();
    }
  });

  it('names, and logs, the routes of a template that are not carried out', async () => {
    const lines: string[] = [];
    const api = { ...registration('a'), resources: { Push: { Type: 'AWS::ApiGatewayV2::Api' } } };
    const services: ServiceStatus[] = [{ ...api, state: 'ready' }];
    const sockets = createServiceSockets({
      port: 0,
      services: () => services,
      hosts: [],
      log: (line) => lines.push(line),
    });
    await sockets.prepare(api);
    expect(sockets.notices()).to.deep.equal(['The API Push: The local AWS makes APIs of events only, and ignores it']);
    expect(lines).to.deep.equal(sockets.notices());
  });

  it('refuses the service if another program has the port', async () => {
    const port = await freePort();
    const taken = createServiceSockets({ port, services: () => [], hosts: [], log: () => {} });
    await taken.prepare(registration('a', 'ping'));
    const sockets = createServiceSockets({ port, services: () => [], hosts: [], log: () => {} });
    try {
      const refused = await sockets.prepare(registration('a', 'ping')).catch((error: Error) => error.message);
      expect(refused).to.match(new RegExp(`^Port ${port} is in use`));
    } finally {
      await Promise.all([taken.close(), sockets.close()]);
    }
  });
});
