import { expect } from 'chai';
import type { AwsCall, Reply } from '../aws-calls/aws-call.ts';
import { createFaultRules } from '../aws-door/faults.ts';
import { recordedExchange } from '../aws-door/testing/recorded-exchange.ts';
import { createUsageCounter } from '../aws-door/usage.ts';
import { createControl } from './control.ts';

const CALL: AwsCall = {
  ...{ service: 's3', action: 'PutObject', resource: 'a/b', caller: 'tester', region: 'us-east-1' },
  ...{ format: 's3', requestBytes: 3 },
};

describe('the control of the local AWS', () => {
  const usage = createUsageCounter();
  const faults = createFaultRules();
  let registered: unknown[];
  let failure: Error | undefined;
  const control = createControl({
    ...{ token: 'secret', usage, faults, mailUrl: 'http://127.0.0.1:9' },
    register: async (registration) => {
      if (failure) throw failure;
      registered.push(registration);
    },
    unregister: async (name) => {
      if (failure) throw failure;
      registered.push(name);
    },
    services: () => [
      {
        name: 'weir-api',
        state: 'ready',
        region: 'us-east-1',
        lambdaUrl: 'http://127.0.0.1:9',
        resources: {},
        functions: {},
      },
    ],
  });
  beforeEach(() => {
    registered = [];
    failure = undefined;
    faults.clear();
    usage.reset();
  });

  async function ask(method: string, target: string, body = ''): Promise<[status: number, answer: unknown]> {
    const headers = { authorization: 'Bearer secret', 'content-type': 'application/json' };
    const exchange = recordedExchange({ method, target, headers }, body);
    await control(exchange);
    const [reply] = exchange.got as Reply[];
    return [reply?.status ?? 0, JSON.parse(String(reply?.body))];
  }

  it('says who runs here', async () => {
    const health = { status: 'ready', pid: process.pid, mailUrl: 'http://127.0.0.1:9' };
    expect(await ask('GET', '/_weir/health?x=1')).to.deep.equal([200, health]);
  });

  it('shows the counts, and sets them to nothing', async () => {
    usage.count(CALL, { status: 200, responseBytes: 0, readUnits: 0, writeUnits: 0 });
    expect(await ask('GET', '/_weir/usage')).to.deep.equal([200, usage.usage()]);
    expect(await ask('DELETE', '/_weir/usage')).to.deep.equal([200, {}]);
    expect(usage.usage().actions).to.deep.equal({});
  });

  it('takes one fault or several, and ends them', async () => {
    await ask('POST', '/_weir/faults', '{"match":{"service":"s3"},"kind":"throttle","times":1}');
    await ask('POST', '/_weir/faults', '[{"match":{},"kind":"delay","delayMs":5},{"match":{},"kind":"error"}]');
    expect([faults.pick(CALL)?.kind, faults.pick(CALL)?.kind]).to.deep.equal(['throttle', 'delay']);
    await ask('DELETE', '/_weir/faults');
    expect(faults.pick(CALL)).to.equal(undefined);
  });

  it('takes a fault without a match for all calls', async () => {
    expect(await ask('POST', '/_weir/faults', '{"kind":"throttle"}')).to.deep.equal([200, {}]);
    expect(faults.pick(CALL)?.kind).to.equal('throttle');
  });

  for (const [what, body] of [
    ['is no JSON', '{"kind":'],
    ['is nothing', ''],
    ['is no rule', 'null'],
    ['is a text', '"throttle"'],
    ['has no kind', '{"match":{}}'],
    ['has a kind that is none', '{"match":{},"kind":"trottle"}'],
    ['has a match that is none', '{"match":"dynamodb","kind":"error"}'],
    ['matches a field that calls do not have', '{"match":{"table":"metrics"},"kind":"error"}'],
    ['holds for a number of times that is none', '{"match":{},"kind":"error","times":"2"}'],
    ['strikes with a probability that is none', '{"match":{},"kind":"error","probability":"half"}'],
    ['is wrong in the second of two', '[{"match":{},"kind":"error"},{"kind":"no"}]'],
  ] as const) {
    it(`refuses a fault that ${what}, and takes none`, async () => {
      const [status, answer] = await ask('POST', '/_weir/faults', body);
      expect(status).to.equal(400);
      expect((answer as { message: string }).message).to.match(/\w/);
      expect(faults.pick(CALL)).to.equal(undefined);
    });
  }

  it('registers services, lists them, and ends their event sources', async () => {
    await ask('POST', '/_weir/services', '{"name":"weir-api","lambdaUrl":"http://127.0.0.1:9"}');
    await ask('DELETE', '/_weir/services/weir%2Fapi');
    expect(registered).to.deep.equal([{ name: 'weir-api', lambdaUrl: 'http://127.0.0.1:9' }, 'weir/api']);
    const [status, services] = await ask('GET', '/_weir/services');
    expect([status, (services as unknown[]).length]).to.deep.equal([200, 1]);
  });

  it('says why a service could not be registered', async () => {
    failure = new Error('table metrics could not be created: no');
    const registration = '{"lambdaUrl":"http://localhost:9"}';
    expect(await ask('POST', '/_weir/services', registration)).to.deep.equal([500, { message: failure.message }]);
    expect(await ask('DELETE', '/_weir/services/a')).to.deep.equal([500, { message: failure.message }]);
  });

  for (const body of ['', 'null', '{}', '{"lambdaUrl":"http://evil.test/"}', '{"lambdaUrl":7}']) {
    it(`registers no service of ${body || 'nothing'}, as its functions are not on this machine`, async () => {
      expect((await ask('POST', '/_weir/services', body))[0]).to.equal(400);
      expect(registered).to.deep.equal([]);
    });
  }

  for (const [method, target] of [
    ['GET', '/_weir/'],
    ['GET', '/_weir/nothing'],
    ['PUT', '/_weir/usage'],
    ['GET', '/_weir/faults'],
  ] as const) {
    it(`knows no ${method} ${target}`, async () => {
      expect(await ask(method, target)).to.deep.equal([404, { message: 'not found' }]);
    });
  }
});
