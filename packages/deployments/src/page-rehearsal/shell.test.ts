import { tmpdir } from 'node:os';
import { expect } from 'chai';
import { Shell } from './shell.ts';

describe('a shell that stays', () => {
  let shell: Shell;
  beforeEach(() => {
    shell = new Shell({ cwd: tmpdir(), env: { PATH: process.env.PATH } });
  });
  afterEach(() => shell.close());

  it('keeps its directory and its variables', async () => {
    await shell.run('cd / && export A=$(printf b)');
    expect(await shell.run('printf "$A "; pwd')).to.deep.include({ code: 0, output: 'b /\n' });
  });

  it('tells how a command ended, and what it said', async () => {
    const { code, output } = await shell.run('cat; echo out; echo err >&2; (exit 3)');
    expect(code).to.equal(3);
    expect(output).to.match(/^out\nerr/);
  });

  it('fails when a command ends it', async () => {
    const error = await shell.run('echo last; exit 1').catch((thrown: Error) => thrown);
    expect((error as Error).message).to.equal('the shell ended at: echo last; exit 1\nlast');
  });
});
