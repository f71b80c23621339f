import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { markOwnResponses } from './mark-own-responses.ts';
import { OWN_RESPONSE_HEADER } from './own-response.ts';

interface Emulated {
  prototype: { runHandler(): Promise<unknown>; setEvent(event: unknown): void };
}

describe('the emulator with marks', () => {
  let emulated: Emulated;
  let runHandler: Emulated['prototype']['runHandler'];
  let setEvent: Emulated['prototype']['setEvent'];

  before(async () => {
    const main = createRequire(import.meta.url).resolve('serverless-offline');
    const file = join(dirname(main), 'lambda', 'LambdaFunction.js');
    ({ default: emulated } = (await import(pathToFileURL(file).href)) as { default: Emulated });
    ({ runHandler, setEvent } = emulated.prototype);
  });
  afterEach(() => {
    Object.assign(emulated.prototype, { runHandler, setEvent });
  });

  /** Calls a function that is run by `handler` with each of `events` in turn; the result of the last call. */
  async function resultOf(handler: () => Promise<unknown>, ...events: readonly object[]): Promise<unknown> {
    Object.assign(emulated.prototype, { runHandler: handler, setEvent: () => undefined });
    await markOwnResponses();
    const called = Object.create(emulated.prototype) as Emulated['prototype'];
    for (const event of events) called.setEvent(event);
    return called.runHandler();
  }

  it('runs each function through the method that is marked', () => {
    expect(runHandler).to.be.a('function');
    expect(setEvent).to.be.a('function');
  });

  it('marks the answers of functions', async () => {
    const result = await resultOf(async () => ({ statusCode: 200, headers: { a: 'b' }, body: '{}' }));
    expect(result).to.have.nested.property(`headers.${OWN_RESPONSE_HEADER}`).that.is.a('string');
    expect(result).to.have.nested.property('headers.a', 'b');
  });

  it('leaves the answers to event sources alone', async () => {
    const answer = { batchItemFailures: [] };
    expect(await resultOf(async () => answer)).to.equal(answer);
  });

  it('makes the failure of an authorizer another answer than that to a bad key', async () => {
    const crash = () => Promise.reject(new Error('down'));
    const authorizing = { type: 'REQUEST', methodArn: 'arn' };
    expect(await resultOf(crash, authorizing)).to.have.property('context', 'failed');
    const later = await resultOf(crash, authorizing, { httpMethod: 'GET' }).catch((error: unknown) => error);
    expect(later).to.have.property('message', 'down');
  });

  it('lets a failure pass', async () => {
    const failure = new Error('crash');
    const caught = await resultOf(() => Promise.reject(failure)).catch((error: unknown) => error);
    expect(caught).to.equal(failure);
  });
});
