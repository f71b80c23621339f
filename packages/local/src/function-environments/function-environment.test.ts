import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { KILL_HEADER } from '../aws-calls/error-reply.ts';
import { until } from '../testing/until.ts';
import type { FunctionFailure } from './environment-messages.ts';
import { type CallResult, type FunctionEnvironment, startEnvironment } from './function-environment.ts';

const CODE = `
import { get } from 'node:http';
let calls = 0;
class OwnError extends Error {
  name = 'OwnError';
}
export async function handler(event, context) {
  calls += 1;
  if (event.throws) throw new OwnError(event.throws, { cause: new Error('deeper') });
  if (event.later) setTimeout(() => { throw new TypeError(event.later); }, 1);
  if (event.unawaited) void Promise.reject(new RangeError(event.unawaited));
  if (event.exits) process.exit(event.exits);
  if (event.asks) await new Promise((resolve, reject) => get(event.asks, resolve).on('error', reject));
  if (event.hangs) return new Promise(() => {});
  if (event.spins) for (;;);
  if (event.returnsNothing) return;
  return { calls, id: context.awsRequestId, remaining: context.getRemainingTimeInMillis(), own: process.env.OWN };
}
export const notAFunction = 1;
`;

describe('an environment of a function', function () {
  this.timeout(20_000);
  let folder: string;
  let environment: FunctionEnvironment;
  let uncaught: FunctionFailure[];
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-'));
    writeFileSync(join(folder, 'own.mjs'), CODE);
    writeFileSync(join(folder, 'broken.mjs'), 'import "./nowhere.mjs";');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(() => {
    uncaught = [];
    environment = start('own.handler');
  });
  afterEach(() => environment.end());

  function start(handler: string): FunctionEnvironment {
    return startEnvironment({ folder, handler, env: { OWN: 'set' }, onUncaught: (failure) => uncaught.push(failure) });
  }
  const call = (event: object, timeoutMs = 5_000, on = environment): Promise<CallResult> =>
    on.call({ event, context: { awsRequestId: 'r' }, timeoutMs }, true);
  const failureOf = async (...args: Parameters<typeof call>): Promise<FunctionFailure> => {
    const result = await call(...args);
    if (result.outcome !== 'failed') throw new Error('it has not failed');
    return result.failure;
  };

  it('returns what the function returns, and keeps its state between calls', async () => {
    for (const calls of [1, 2]) {
      const result = await call({});
      expect(result).to.have.nested.property('value.calls', calls);
      expect(result).to.have.property('value').that.includes({ id: 'r', own: 'set' });
      expect(result).to.have.nested.property('value.remaining').that.is.within(1, 5_000);
    }
    expect(await call({ returnsNothing: true })).to.deep.equal({ outcome: 'returned', value: undefined });
  });

  it('fails with what the function throws, with its name, causes and lines, and goes on', async () => {
    const { type, message, stack } = await failureOf({ throws: 'no' });
    expect([type, message]).to.deep.equal(['OwnError', 'no']);
    expect(stack)
      .to.match(/^OwnError: no\n +at .*own\.mjs:9:\d+\)\nCaused by Error: deeper\n/)
      .and.not.include('environment-thread');
    expect([(await call({})).outcome, environment.isOver(), uncaught]).to.deep.equal(['returned', false, []]);
  });

  for (const [what, event, type] of [
    ['a timer throws', { later: 'late' }, 'TypeError'],
    ['a promise is rejected that nobody awaits', { unawaited: 'late' }, 'Runtime.UnhandledPromiseRejection'],
  ] as const) {
    it(`ends alone when ${what} after the call, and says what it was and where`, async () => {
      await call(event);
      await until(() => uncaught.length > 0);
      expect(uncaught).to.have.length(1);
      expect(uncaught[0]).to.include({ type, message: 'late' });
      expect(uncaught[0]?.stack).to.match(/own\.mjs:\d+:\d+/);
      expect(environment.isOver()).to.equal(true);
    });
  }

  it('fails the call that runs when something else in it throws, and says it once', async () => {
    expect(await failureOf({ later: 'late', hangs: true })).to.include({ type: 'TypeError', message: 'late' });
    await sleep(50);
    expect([environment.isOver(), uncaught]).to.deep.equal([true, []]);
  });

  it('fails the call in which the function exits', async () => {
    expect(await failureOf({ exits: 7 })).to.include({
      ...{ type: 'Runtime.ExitError', message: 'Runtime exited with error: exit status 7' },
    });
    expect(environment.isOver()).to.equal(true);
  });

  it('is killed by an answer of the door that says so, in the middle of its call', async () => {
    const door = createServer((_request, response) => response.writeHead(500, { [KILL_HEADER]: 'true' }).end('no'));
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    const { port } = door.address() as AddressInfo;
    expect(await failureOf({ asks: `http://127.0.0.1:${port}` })).to.include({
      ...{ type: 'Runtime.ExitError', message: 'Runtime exited with error: exit status 137' },
    });
    door.close();
    expect([environment.isOver(), uncaught]).to.deep.equal([true, []]);
  });

  for (const event of [{ hangs: true }, { spins: true }]) {
    it(`ends a call that takes too long, with the seconds: ${JSON.stringify(event)}`, async () => {
      await call({});
      const { type, message } = await failureOf(event, 250);
      expect([type, message]).to.deep.equal(['Sandbox.Timedout', 'Task timed out after 0.25 seconds']);
      expect([environment.isOver(), uncaught]).to.deep.equal([true, []]);
    });
  }

  for (const [handler, type, message] of [
    ['nowhere.handler', 'Runtime.ImportModuleError', /^there is no file nowhere\.mjs/],
    ['own.nothing', 'Runtime.HandlerNotFound', /^own has no function nothing among its exports$/],
    ['own.notAFunction', 'Runtime.HandlerNotFound', /no function notAFunction/],
    ['broken.handler', 'Error', /Cannot find module/],
  ] as const) {
    it(`fails each call in a sentence if it cannot load ${handler}, and ends`, async () => {
      const unloadable = start(handler);
      const failure = await failureOf({}, 5_000, unloadable);
      expect(failure.type).to.equal(type);
      expect(failure.message).to.match(message);
      expect([unloadable.isOver(), uncaught]).to.deep.equal([true, []]);
    });
  }

  it('fails the call that runs when it is ended, and has nothing to say', async () => {
    const failing = failureOf({ hangs: true });
    await environment.end();
    expect((await failing).type).to.equal('Runtime.ExitError');
    expect(uncaught).to.deep.equal([]);
  });
});
