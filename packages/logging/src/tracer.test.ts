import { expect } from 'chai';
import { createTracing } from './tracer.ts';

describe('createTracing, outside Lambda', () => {
  const tracing = createTracing({ service: 'weir-x' });

  it('hands a client back as it is', () => {
    const client = { send: () => undefined };
    expect(tracing.traceClient(client)).to.equal(client);
  });

  it('runs the work and passes on what it gives', async () => {
    expect(await tracing.trace('fold', async () => 3)).to.equal(3);
  });

  it('passes on what the work throws', async () => {
    const failure = new Error('no');
    const thrown = await tracing
      .trace('fold', async () => {
        throw failure;
      })
      .catch((error: unknown) => error);
    expect(thrown).to.equal(failure);
  });
});
