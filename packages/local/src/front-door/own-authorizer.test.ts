import { expect } from 'chai';
import { answerOfAuthorizer, isAuthorizerEvent, saysAuthorizerFailed } from './own-authorizer.ts';

const allow = { principalId: 'a', policyDocument: { Statement: [] }, context: { keyId: 'a' } };

describe('an authorizer under the emulator', () => {
  it('answers what it answers', async () => {
    expect(await answerOfAuthorizer(async () => allow)).to.equal(allow);
  });

  it('says Unauthorized by that very error', async () => {
    const error = new Error('Unauthorized');
    const run = answerOfAuthorizer(async () => {
      throw error;
    });
    expect(await run.catch((thrown: unknown) => thrown)).to.equal(error);
  });

  const failures: [what: string, run: () => Promise<unknown>][] = [
    ['a crash', () => Promise.reject(new Error('down'))],
    ['nothing', async () => undefined],
    ['no principal', async () => ({ ...allow, principalId: '' })],
    ['no policy', async () => ({ principalId: 'a' })],
  ];
  for (const [what, run] of failures) {
    it(`fails with ${what}: the emulator is handed a context that it refuses`, async () => {
      expect(await answerOfAuthorizer(run))
        .to.have.property('context')
        .that.is.not.an('object');
    });
  }

  it('is known by its event, and its failure by the emulator’s answer', () => {
    expect(isAuthorizerEvent({ type: 'REQUEST', methodArn: 'arn' })).to.equal(true);
    for (const event of [undefined, null, {}, { type: 'REQUEST' }, { httpMethod: 'GET' }]) {
      expect(isAuthorizerEvent(event)).to.equal(false);
    }
    expect(saysAuthorizerFailed('AuthorizerConfigurationException')).to.equal(true);
    expect(saysAuthorizerFailed(undefined)).to.equal(false);
  });
});
