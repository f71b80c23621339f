import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { claim } from '../data-dir/data-dir-claim.ts';
import { freePort } from '../ports/free-port.ts';
import { localPorts } from '../ports/local-ports.ts';
import { someFreeOffset } from '../testing/some-free-offset.ts';
import { takenMachineProblem } from './taken-machine.ts';

describe('a machine on which other programs run', () => {
  let weirDir: string;
  let portOffset: number;
  const closers: (() => void)[] = [];
  beforeEach(async () => {
    weirDir = mkdtempSync(join(tmpdir(), 'weir-'));
    portOffset = await someFreeOffset();
  });
  afterEach(() => {
    for (const close of closers.splice(0)) close();
    rmSync(weirDir, { recursive: true, force: true });
  });

  /** A program that answers as the local AWS does, at the port of the local AWS. */
  async function listen(
    answers: Readonly<Record<string, unknown>>,
    port = localPorts(portOffset).aws,
  ): Promise<string> {
    const server = createServer(({ url = '' }, response) => response.end(JSON.stringify(answers[url] ?? 'hello')));
    await once(server.listen(port, '127.0.0.1'), 'listening');
    closers.push(() => server.close().closeAllConnections());
    return `http://127.0.0.1:${port}`;
  }
  const weirs = { '/_weir/health': { pid: 4242 }, '/_weir/services': [{ name: 'weir-api' }, { name: 'weir-other' }] };
  const problem = () => takenMachineProblem({ portOffset, weirDir, services: ['api'] });

  it('is free', async () => {
    claim(join(weirDir, 'data'), `http://127.0.0.1:${await freePort()}`);
    expect(await problem()).to.equal(undefined);
  });

  it('has the local AWS of serverless offline on the same state, at whatever port: it must end', async () => {
    const url = await listen(weirs, await freePort());
    claim(join(weirDir, 'data'), url);
    expect(await problem())
      .to.include(`serverless offline runs at ${url} (pid 4242, with weir-api and weir-other) on the same state`)
      .and.include('`kill 4242`')
      .and.not.include('--port-offset');
  });

  it('has a Weir on another state, which may go on beside it', async () => {
    const url = await listen(weirs);
    expect(await problem()).to.match(
      new RegExp(`^Another Weir runs at ${url} \\(pid 4242, .* or run beside it with .*--port-offset \\d+`),
    );
  });

  it('has another program at a port, and the offset that is named is free', async () => {
    await listen({});
    // Other programs may take the first ones too; this one is certainly taken.
    const { api } = localPorts(100);
    await listen({}, api).catch(() => undefined);
    const [, offset] = /is in use: .*--port-offset (\d+)/.exec((await problem()) ?? '') ?? [];
    expect(Number(offset)).to.be.above(100);
    expect(Number(offset) % 100).to.equal(0);
  });
});
