import { expect } from 'chai';
import { answerOfAuthorizer, askedAbout, saysAuthorizerFailed, shareCall } from './own-authorizer.ts';

const ALLOW = { principalId: 'a', policyDocument: { Statement: [] }, context: { keyId: 'a' } };

describe('an authorizer under the emulator', () => {
  it('answers what it answers', async () => {
    expect(await answerOfAuthorizer(async () => ALLOW)).to.equal(ALLOW);
  });

  it('reports Unauthorized by that very error', async () => {
    const error = new Error('Unauthorized');
    const run = answerOfAuthorizer(async () => {
      throw error;
    });
    expect(await run.catch((thrown: unknown) => thrown)).to.equal(error);
  });

  const failures: [what: string, run: () => Promise<unknown>][] = [
    ['a crash', () => Promise.reject(new Error('down'))],
    ['nothing', async () => undefined],
    ['no principal', async () => ({ ...ALLOW, principalId: '' })],
    ['no policy', async () => ({ principalId: 'a' })],
  ];
  for (const [what, run] of failures) {
    it(`fails with ${what}: the emulator gets a context that it refuses`, async () => {
      expect(await answerOfAuthorizer(run))
        .to.have.property('context')
        .that.is.not.an('object');
    });
  }

  it('is called once for requests that come together with one key, and again for later ones', async () => {
    const calls = new Map();
    const answers: ((answer: unknown) => void)[] = [];
    const call = () => new Promise((resolve) => answers.push(resolve));
    const together = [shareCall(calls, 'a', call), shareCall(calls, 'b', call), shareCall(calls, 'a', call)];
    expect(answers).to.have.length(2);
    answers[0]?.('of a');
    answers[1]?.('of b');
    expect(await Promise.all(together)).to.deep.equal(['of a', 'of b', 'of a']);
    expect(shareCall(calls, 'a', async () => 'later')).to.not.equal(together[0]);
  });

  it('is known by its event, and its failure by the emulator’s answer', () => {
    expect(askedAbout({ type: 'REQUEST', methodArn: 'arn', identitySource: 'Bearer x' })).to.equal('Bearer x');
    for (const event of [undefined, null, {}, { type: 'REQUEST' }, { httpMethod: 'GET' }]) {
      expect(askedAbout(event)).to.equal(undefined);
    }
    expect(saysAuthorizerFailed('AuthorizerConfigurationException')).to.equal(true);
    expect(saysAuthorizerFailed(undefined)).to.equal(false);
  });
});
