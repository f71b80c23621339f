import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect } from 'chai';
import { busyPortProblem, findBusyPort } from './busy-port.ts';

describe('the ports', () => {
  it('are looked at before anything starts, and the busy one is named with the way out', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const wanted = { port, purpose: 'the API' };
    expect(await findBusyPort([wanted])).to.equal(wanted);
    expect(busyPortProblem(wanted, 300)).to.match(
      new RegExp(`Port ${port}, for the API, is in use.*--port-offset 300`),
    );
    await new Promise((resolve) => server.close(resolve));
    expect(await findBusyPort([wanted])).to.equal(undefined);
  });

  it('are busy also where a program listens on another address that localhost stands for', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '::1', resolve));
    const { port } = server.address() as AddressInfo;
    const wanted = { port, purpose: 'the API' };
    expect(await findBusyPort([wanted])).to.equal(wanted);
    await new Promise((resolve) => server.close(resolve));
  });
});
