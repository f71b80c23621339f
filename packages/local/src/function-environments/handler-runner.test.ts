import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import sinon from 'sinon';
import { until } from '../testing/until.ts';
import { FunctionError, HandlerRunner, runFrom } from './handler-runner.ts';
import { InvocationsController } from './invocations-controller.ts';
import { replaceInEmulator } from './replace-in-emulator.ts';

const codeOf = (build: string): string => `
export async function handler({ throws, later, hangs }) {
  if (throws) throw new TypeError(throws);
  if (hangs) return new Promise(() => {});
  if (later) setTimeout(() => { throw new Error(later); }, 1);
  return '${build}';
}
`;

describe('a function in the emulator', function () {
  this.timeout(20_000);
  let root: string;
  let runner: HandlerRunner;
  let said: string[];
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'weir-'));
    for (const build of ['one', 'two']) {
      mkdirSync(join(root, build));
      writeFileSync(join(root, build, 'own.mjs'), codeOf(build));
    }
    said = [];
    sinon.stub(process.stderr, 'write').callsFake((text) => said.push(String(text)) > 0);
    const definition = { codeDir: join(root, 'one'), functionKey: 'own', handler: 'own.handler', timeout: 5_000 };
    runner = new HandlerRunner(definition, {}, {});
  });
  afterEach(async () => {
    sinon.restore();
    runFrom(async () => undefined);
    await runner.cleanup();
    rmSync(root, { recursive: true, force: true });
  });

  it('says once what it throws, with its name', async () => {
    const error = await runner.run({ throws: 'no' }, {}).catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(FunctionError);
    expect(said).to.have.length(1);
    expect(said[0]).to.match(/^× own: TypeError: no\n +at handler/);
    expect(await runner.run({}, {})).to.equal('one');
  });

  it('ends alone by what it throws outside of its calls, says so once, and answers the next call anew', async () => {
    await runner.run({ later: 'late' }, {});
    await until(() => said.length > 0);
    expect(said).to.have.length(1);
    expect(said[0]).to.match(/^× own: Error: late\n +at (.*\n)+ +It came outside of a call: .* starts another\n$/);
    expect(await runner.run({}, {})).to.equal('one');
  });

  it('takes the newest code with its next call', async () => {
    expect(await runner.run({}, {})).to.equal('one');
    runFrom(async () => join(root, 'two'));
    expect(await runner.run({}, {})).to.equal('two');
  });

  it('fails the call, and says why, while it has no code because its build is broken', async () => {
    runFrom(() => Promise.reject(new Error('The build is broken: src/own.ts:1:9: no')));
    const error = await runner.run({}, {}).catch((caught: FunctionError) => caught);
    expect(error).to.have.nested.property('failure.type', 'Runtime.ImportModuleError');
    expect(said).to.deep.equal(['× own: The build is broken: src/own.ts:1:9: no\n']);
    runFrom(async () => join(root, 'one'));
    expect(await runner.run({}, {})).to.equal('one');
  });

  it('starts nothing if it ends while its code is built', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    runFrom(() => promise);
    const settled = sinon.spy();
    runner.run({}, {}).then(settled, settled);
    await runner.cleanup();
    resolve(join(root, 'one'));
    await sleep(300);
    expect([settled.callCount, said]).to.deep.equal([0, []]);
  });

  it('does not answer a call that its own end has cut: whoever called must not take it for an attempt', async () => {
    const settled = sinon.spy();
    runner.run({ hangs: true }, {}).then(settled, settled);
    await sleep(300);
    await runner.cleanup();
    await sleep(50);
    expect([settled.callCount, said]).to.deep.equal([0, []]);
  });

  it('takes the place of the emulator’s own', async () => {
    const emulator = pathToFileURL(dirname(createRequire(import.meta.url).resolve('serverless-offline'))).href;
    replaceInEmulator();
    const theirs = await import(`${emulator}/lambda/handler-runner/index.js`);
    expect(theirs.default).to.equal(HandlerRunner);
  });
});

describe("Lambda's Invoke API in the emulator", () => {
  const controllerOf = (runHandler: () => Promise<unknown>) => {
    const called = { setClientContext: () => {}, setEvent: () => {}, runHandler };
    return new InvocationsController({ listFunctionNames: () => ['own'], getByFunctionName: () => called });
  };

  it('answers a text as JSON, and an error by its own type', async () => {
    const answers = controllerOf(async () => 'a "b"');
    expect(await answers.invoke('own', null, {}, undefined)).to.deep.equal({ StatusCode: 200, Payload: '"a \\"b\\""' });
    const failure = { type: 'OwnError', message: 'no', stack: 'OwnError: no\n    at x' };
    const throws = controllerOf(() => Promise.reject(new FunctionError(failure)));
    expect(await throws.invoke('own', 'RequestResponse', {}, undefined)).to.deep.equal({
      ...{ StatusCode: 200, UnhandledError: true },
      Payload: { errorType: 'OwnError', errorMessage: 'no', trace: ['OwnError: no', '    at x'] },
    });
  });

  it('does not wait for an event, and survives its failure', async () => {
    const answer = await controllerOf(() => Promise.reject(new Error('no'))).invoke('own', 'Event', {}, undefined);
    expect(answer).to.deep.equal({ StatusCode: 202, Payload: '' });
  });

  it('refuses what is not there', async () => {
    const { invoke } = InvocationsController.prototype;
    const controller = controllerOf(async () => null);
    expect(await invoke.call(controller, 'other', null, {}, undefined)).to.include({ StatusCode: 404 });
    expect(await controller.invoke('own', 'DryRun', {}, undefined)).to.include({ StatusCode: 400 });
  });
});
