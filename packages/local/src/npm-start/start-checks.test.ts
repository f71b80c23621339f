import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { busyPortProblem, findBusyPort } from '../ports/busy-port.ts';
import { newLoad, planSample, rememberLoad, storeExists } from '../sample/sample-state.ts';
import { claimRun } from './run-claim.ts';
import { parseStartOptions } from './start-options.ts';

describe('the options of npm start', () => {
  it('are no offset and the sample, unless said otherwise', () => {
    expect(parseStartOptions([], {})).to.deep.equal({ outcome: 'parsed', options: { portOffset: 0, empty: false } });
    expect(parseStartOptions(['--port-offset', '200', '--empty'], { WEIR_PORT_OFFSET: '7' })).to.deep.equal({
      outcome: 'parsed',
      options: { portOffset: 200, empty: true },
    });
    expect(parseStartOptions([], { WEIR_PORT_OFFSET: '7' })).to.have.nested.property('options.portOffset', 7);
  });

  for (const args of [
    ['--port-offset', 'x'],
    ['--port-offset=-1'],
    ['--port-offset', '60001'],
    ['--ports', '1'],
    ['x'],
  ]) {
    it(`are refused with one sentence: ${args.join(' ')}`, () => {
      const parsed = parseStartOptions(args, {});
      expect(parsed).to.have.property('outcome', 'wrong');
      expect(parsed)
        .to.have.property('problem')
        .that.matches(/Usage: npm start -- \[--port-offset N\] \[--empty\]$/);
    });
  }
});

describe('an offset that moves a port where nobody can call it', () => {
  it('is refused before anything starts', () => {
    const problem = 'moves a port to 6566, which fetch and browsers refuse to call';
    expect(parseStartOptions(['--port-offset', '2000'], {}))
      .to.have.property('problem')
      .that.includes(problem);
  });
});

describe('the ports', () => {
  it('are looked at before anything starts, and the busy one is named with the way out', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const wanted = { port, purpose: 'the API' };
    expect(await findBusyPort([wanted])).to.equal(wanted);
    expect(busyPortProblem(wanted)).to.match(new RegExp(`Port ${port}, for the API, is in use.*--port-offset`));
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

describe('the folder of the state', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'weir-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('belongs to one npm start at a time, whose pid a second one is told', () => {
    const first = claimRun(dir, 11, () => true);
    expect(first.outcome).to.equal('claimed');
    expect(claimRun(dir, 12, (pid) => pid === 11)).to.deep.equal({ outcome: 'running', pid: 11 });
    if (first.outcome === 'claimed') {
      first.release();
    }
    expect(claimRun(dir, 12, () => true).outcome).to.equal('claimed');
  });

  it('is taken over from a process that is gone', () => {
    claimRun(dir, 11);
    expect(claimRun(dir, 12, () => false).outcome).to.equal('claimed');
    expect(readFileSync(join(dir, 'npm-start.pid'), 'utf8')).to.equal('12\n');
  });

  it('gets the sample when it is empty, once', () => {
    const file = join(dir, 'data', 'sample.json');
    expect(storeExists(join(dir, 'data'))).to.equal(false);
    const plan = planSample(file, false, 1_000);
    expect(plan.outcome).to.equal('load');
    rememberLoad(file, { ...newLoad(1_000), complete: true });
    expect(existsSync(file)).to.equal(true);
    expect(storeExists(join(dir, 'data'))).to.equal(true);
    expect(planSample(file, true, 2_000)).to.deep.equal({ outcome: 'loaded' });
  });

  it('gets a loading that was cut off again with the same ids, as long as those are known', () => {
    const file = join(dir, 'sample.json');
    const load = newLoad(1_000);
    rememberLoad(file, load);
    expect(planSample(file, true, 2_000)).to.deep.equal({ outcome: 'resume', load });
    expect(planSample(file, true, 3_600_000)).to.deep.equal({ outcome: 'cut-off' });
  });

  it('leaves it to the API whether a store without a sample holds anything', () => {
    expect(planSample(join(dir, 'sample.json'), true, 1)).to.deep.equal({ outcome: 'ask' });
  });
});
