import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { until } from '../testing/until.ts';
import { expireItems } from './expire-items.ts';

const DONE = '{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"0 deleted"}],"isError":false}}';
const FAILED = '{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"locked"}],"isError":true}}';
const REFUSED = '{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"no such tool"}}';

describe('the expiry of items', () => {
  let server: Server;
  let answers: [number, string][];
  let calls: number;
  let lines: string[];
  let expiring: { stop(): void };
  beforeEach(async () => {
    [calls, lines] = [0, []];
    server = createServer((_incoming, response) => {
      const [status, body] = answers[calls % answers.length] ?? [200, DONE];
      calls += 1;
      response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    expiring.stop();
    server.closeAllConnections();
    server.close();
  });
  const start = (given: [number, string][]) => {
    answers = given;
    const { port } = server.address() as AddressInfo;
    expiring = expireItems({ port, token: 't' }, { log: (line) => lines.push(line), lookEveryMs: 1 });
  };

  it('logs nothing while it works', async () => {
    start([[200, DONE]]);
    await until(() => calls > 3);
    expect(lines).to.deep.equal([]);
  });

  it('logs each kind of failure once, and goes on', async () => {
    start([
      [200, FAILED],
      [401, 'no'],
      [200, REFUSED],
      [200, DONE],
    ]);
    await until(() => calls > 9);
    expect(lines).to.deep.equal(
      [FAILED, 'status 401: no', REFUSED].map(
        (failure) => `Expired items were not deleted, and the next try is in some seconds: ${failure}`,
      ),
    );
  });

  it('logs once that the program does not answer', async () => {
    start([[200, DONE]]);
    await until(() => calls > 0);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await until(() => lines.length > 0);
    expect(lines.filter((line) => line.includes('ECONNREFUSED'))).to.have.length(1);
  });
});
