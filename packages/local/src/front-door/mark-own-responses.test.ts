import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { markOwnResponses } from './mark-own-responses.ts';
import { ownResponseHeader } from './own-response.ts';

interface Emulated {
  prototype: { runHandler(): Promise<unknown> };
}

describe('the emulator with marks', () => {
  let emulated: Emulated;
  let original: Emulated['prototype']['runHandler'];

  before(async () => {
    const main = createRequire(import.meta.url).resolve('serverless-offline');
    const file = join(dirname(main), 'lambda', 'LambdaFunction.js');
    ({ default: emulated } = (await import(pathToFileURL(file).href)) as { default: Emulated });
    original = emulated.prototype.runHandler;
  });
  afterEach(() => {
    emulated.prototype.runHandler = original;
  });

  async function resultOf(handler: () => Promise<unknown>): Promise<unknown> {
    emulated.prototype.runHandler = handler;
    await markOwnResponses();
    return emulated.prototype.runHandler.call({});
  }

  it('runs each function through the method that is marked', () => {
    expect(original).to.be.a('function');
  });

  it('marks what a function answers', async () => {
    const result = await resultOf(async () => ({ statusCode: 200, headers: { a: 'b' }, body: '{}' }));
    expect(result).to.have.nested.property(`headers.${ownResponseHeader}`).that.is.a('string');
    expect(result).to.have.nested.property('headers.a', 'b');
  });

  it('leaves the answers to event sources alone', async () => {
    const answer = { batchItemFailures: [] };
    expect(await resultOf(async () => answer)).to.equal(answer);
  });

  it('lets a failure pass', async () => {
    const failure = new Error('crash');
    const caught = await resultOf(() => Promise.reject(failure)).catch((error: unknown) => error);
    expect(caught).to.equal(failure);
  });
});
