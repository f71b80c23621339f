import { expect } from 'chai';
import { closedPort, type HttpBackend, startHttpBackend } from '../aws-door/testing/http-backend.ts';
import { createInvoke, isInvokable } from './lambda-invoke.ts';

describe("an invocation by Lambda's Invoke API", () => {
  let backend: HttpBackend | undefined;
  afterEach(async () => {
    await backend?.close();
    backend = undefined;
  });

  async function invoked(status: number, body: string, headers: Record<string, string> = {}) {
    backend = await startHttpBackend((response) => response.writeHead(status, headers).end(body));
    return createInvoke(`http://127.0.0.1:${backend.port}`, 'weir-api-local-a b')({ a: 'ä' });
  }

  it('asks for the function by its full name, with the event', async () => {
    await invoked(200, '');
    expect(backend?.requests[0]).to.include({
      method: 'POST',
      target: '/2015-03-31/functions/weir-api-local-a%20b/invocations',
      body: '{"a":"ä"}',
    });
  });

  for (const [what, body, value] of [
    ['JSON', '{"batchItemFailures":[]}', { batchItemFailures: [] }],
    ['nothing', '', null],
    ['null', 'null', null],
  ] as const) {
    it(`returns ${what}`, async () => {
      expect(await invoked(200, body)).to.deep.equal({ outcome: 'returned', value });
    });
  }

  it('fails with the reason where the function threw', async () => {
    const result = await invoked(200, '{"errorMessage":"no"}', { 'x-amz-function-error': 'Unhandled' });
    expect(result).to.deep.equal({ outcome: 'failed', reason: '{"errorMessage":"no"}' });
  });

  it('fails where the API says no, with at most 500 characters of it', async () => {
    expect((await invoked(400, 'no')).outcome).to.equal('failed');
    await backend?.close();
    const result = await invoked(404, 'x'.repeat(2_000));
    expect(result).to.deep.equal({ outcome: 'failed', reason: 'x'.repeat(500) });
  });

  it('fails where the function returned what is no JSON', async () => {
    expect(await invoked(200, '<html>')).to.deep.equal({
      outcome: 'failed',
      reason: 'the function did not return JSON: <html>',
    });
  });

  it('is unreachable, and no attempt, where nothing listens or the line is cut', async () => {
    const lambdaUrl = `http://127.0.0.1:${await closedPort()}`;
    expect(await createInvoke(lambdaUrl, 'f')({})).to.deep.equal({ outcome: 'unreachable' });
    backend = await startHttpBackend((response) => {
      response.writeHead(200, { 'content-length': '10' }).write('half');
      setImmediate(() => response.destroy());
    });
    expect(await createInvoke(`http://127.0.0.1:${backend.port}`, 'f')({})).to.deep.equal({ outcome: 'unreachable' });
  });

  it('is possible as soon as anything is answered', async () => {
    expect(await isInvokable(`http://127.0.0.1:${await closedPort()}`)).to.equal(false);
    backend = await startHttpBackend((response) => response.writeHead(404).end());
    expect(await isInvokable(`http://127.0.0.1:${backend.port}`)).to.equal(true);
  });
});
