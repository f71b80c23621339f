import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { expect } from 'chai';
import sinon from 'sinon';
import { createSecretReader } from './secrets.ts';

describe('createSecretReader', () => {
  afterEach(() => sinon.restore());

  it('fetches a secret once for all callers that ask at the same time', async () => {
    const { reader, answer } = overHttp();
    answer({ SecretString: 'first' });
    expect(await Promise.all([reader('key'), reader('key'), reader('key')])).to.deep.equal(['first', 'first', 'first']);
    expect(answer.calls()).to.equal(1);
  });

  it('fetches again when the time is over, and not before', async () => {
    const clock = sinon.useFakeTimers({ now: 0, toFake: ['Date'] });
    const { reader, answer } = overHttp();
    answer({ SecretString: 'first' });
    await reader('key');
    answer({ SecretString: 'second' });
    clock.tick(59_000);
    expect(await reader('key')).to.equal('first');
    clock.tick(2_000);
    expect(await reader('key')).to.equal('second');
  });

  it('fetches anew at once for a caller that cannot use the value it got', async () => {
    const { reader, answer } = overHttp();
    answer({ SecretString: 'first' });
    await reader('key');
    answer({ SecretString: 'second' });
    expect(await reader('key', { isAnew: true })).to.equal('second');
    expect(await reader('key')).to.equal('second');
  });

  it('does not keep a failure', async () => {
    const { reader, answer } = overHttp();
    answer({ __type: 'ResourceNotFoundException' }, 400);
    expect(await rejection(reader('key'))).to.be.an('error');
    answer({ SecretString: 'there now' });
    expect(await reader('key')).to.equal('there now');
  });

  it('keeps secrets apart', async () => {
    const reader = createSecretReader({ ttlMs: 1_000, provider: { get: async (name) => `secret of ${name}` } });
    expect(await Promise.all([reader('a'), reader('b')])).to.deep.equal(['secret of a', 'secret of b']);
  });

  for (const [what, value] of [
    ['empty', ''],
    ['binary', new Uint8Array([1])],
    ['missing', undefined],
  ] as const) {
    it(`rejects a secret that is ${what}, and says which`, async () => {
      const reader = createSecretReader({ ttlMs: 1_000, provider: { get: async () => value } });
      expect(await rejection(reader('key')))
        .to.be.an('error')
        .with.property('message', 'the secret key holds no text');
    });
  }
});

/** A reader on the real provider and client, whose requests are answered here. */
function overHttp() {
  let response = { statusCode: 500, body: '{}' };
  let calls = 0;
  const handle = async () => {
    calls += 1;
    const { statusCode, body } = response;
    return {
      response: { statusCode, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: toStream(body) },
    };
  };
  const clientConfig = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: { handle },
  };
  const answer = (body: object, statusCode = 200) => {
    response = { statusCode, body: JSON.stringify(body) };
  };
  answer.calls = () => calls;
  return { reader: createSecretReader({ ttlMs: 60_000, provider: new SecretsProvider({ clientConfig }) }), answer };
}

function toStream(text: string): ReadableStream {
  return new Blob([text]).stream();
}

function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
