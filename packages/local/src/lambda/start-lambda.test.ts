import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type LambdaInstance, startLambda } from './start-lambda.ts';

const HANDLER = `
import { greeting } from './lib.mjs';
let calls = 0;
export async function handler(event, context) {
  calls += 1;
  if (event.throws) throw new TypeError(event.throws);
  if (event.exits) process.exit(event.exits);
  if (event.hangs) return new Promise(() => {});
  if (event.lateFile) await import('./late.mjs');
  if (event.prints) console.log(event.prints);
  const { awsRequestId: _id, getRemainingTimeInMillis: remaining, ...rest } = context;
  return { calls, greeting, rest, remaining: remaining(), env: { ...process.env }, trace: process.env._X_AMZN_TRACE_ID };
}
`;

interface Returned {
  readonly calls: number;
  readonly greeting: string;
  readonly rest: Readonly<Record<string, unknown>>;
  readonly remaining: number;
  readonly env: Readonly<Record<string, string>>;
  readonly trace: string;
}

describe('an instance of a packaged function', function () {
  this.timeout(20_000);
  let folder: string;
  let instance: LambdaInstance;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-'));
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src', 'own.mjs'), HANDLER);
    writeFileSync(join(folder, 'src', 'lib.mjs'), 'export const greeting = "hello";');
    writeFileSync(join(folder, 'src', 'late.mjs'), '');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => instance.close());

  function start(timeoutSeconds = 5): LambdaInstance {
    const environment = { AWS_REGION: 'eu-west-1', OWN: 'set' };
    instance = startLambda({ name: 'own', folder, handler: 'src/own.handler', timeoutSeconds, environment });
    return instance;
  }
  const failureOf = (event: object) =>
    instance.invoke(event).then(
      () => undefined,
      (error: Error) => error,
    );

  it('returns what the function returns, one event after the other, in one process', async () => {
    const { invoke } = start();
    const returned = (await Promise.all([invoke({}), invoke({})])) as [Returned, Returned];
    expect(returned.map(({ calls, greeting }) => [calls, greeting])).to.deep.equal([
      [1, 'hello'],
      [2, 'hello'],
    ]);
    expect(returned[0].rest).to.include({
      ...{ functionName: 'own', functionVersion: '$LATEST' },
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:own',
    });
    expect(returned[0].remaining).to.be.within(1, 5_000);
    expect(returned[0].trace).to.match(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};/);
  });

  it('has the variables of Lambda and its own, and none of this process', async () => {
    process.env.WEIR_SECRET_OF_THIS_PROCESS = 'x';
    const { env } = (await start().invoke({})) as Returned;
    delete process.env.WEIR_SECRET_OF_THIS_PROCESS;
    expect(env).to.include({ OWN: 'set', TZ: ':UTC', LAMBDA_TASK_ROOT: folder, _HANDLER: 'src/own.handler' });
    expect(env).not.to.have.any.keys('WEIR_SECRET_OF_THIS_PROCESS', 'PATH', 'HOME');
  });

  it('rejects with what the function throws, by name, and goes on', async () => {
    start();
    const failure = await failureOf({ throws: 'not this' });
    expect([failure?.name, failure?.message]).to.deep.equal(['TypeError', 'not this']);
    expect(failure?.stack).to.include('own.mjs');
    expect(((await instance.invoke({})) as Returned).calls).to.equal(2);
  });

  it('is ended when its time is over', async () => {
    start(0.3);
    expect((await failureOf({ hangs: true }))?.message).to.equal('own timed out after 0.3 s');
    expect((await failureOf({}))?.message).to.match(/^own (has ended|exited with null)$/);
  });

  it('says that it ended where the function ends its process', async () => {
    start();
    expect((await failureOf({ exits: 3 }))?.message).to.equal('own exited with 3');
    expect((await failureOf({}))?.message).to.equal('own has ended');
    await instance.close();
  });

  it('tells which of its files were loaded, late ones too, and what it wrote', async () => {
    start();
    await instance.invoke({});
    expect(instance.loaded()).to.have.members(['src/own.mjs', 'src/lib.mjs']);
    await instance.invoke({ lateFile: true, prints: 'a line' });
    expect(instance.loaded()).to.include('src/late.mjs');
    await instance.invoke({});
    expect(instance.printed()).to.include('a line');
  });

  it('tells how many events it has answered, and the CPU that they took', async () => {
    start();
    await instance.invoke({});
    const once = instance.used();
    await instance.invoke({});
    expect([once.calls, instance.used().calls]).to.deep.equal([1, 2]);
    expect(instance.used().cpuMs).to.be.above(0).and.at.least(once.cpuMs);
  });

  it('rejects where there is no such handler', async () => {
    instance = startLambda({ name: 'none', folder, handler: 'src/none.handler', timeoutSeconds: 5, environment: {} });
    expect((await failureOf({}))?.message).to.match(/none/);
  });
});
