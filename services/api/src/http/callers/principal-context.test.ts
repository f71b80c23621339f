import { expect } from 'chai';
import fc from 'fast-check';
import { BOOTSTRAP, type Principal } from './principal.ts';
import { fromContext, toContext } from './principal-context.ts';
import { SCOPES } from './scopes.ts';

const principals: fc.Arbitrary<Principal> = fc.record({
  kind: fc.constant('principal' as const),
  keyId: fc.string({ minLength: 1 }),
  scopes: fc.subarray([...SCOPES]).map((scopes) => new Set(scopes)),
  actionPrefixes: fc.option(fc.array(fc.string()), { nil: undefined }),
  expiresAt: fc.option(fc.nat(), { nil: undefined }),
});

describe('a principal’s context', () => {
  it('returns the written principal, from texts that API Gateway can carry', () => {
    fc.assert(
      fc.property(principals, (principal) => {
        const context = toContext(principal);
        for (const value of Object.values(context)) expect(value).to.be.a('string');
        expect(fromContext(JSON.parse(JSON.stringify(context)))).to.deep.equal(principal);
      }),
    );
  });

  it('has no names that the local gateway overwrites', () => {
    const all = toContext({ ...BOOTSTRAP, actionPrefixes: ['a'], expiresAt: 1 });
    expect(all).to.not.have.any.keys('scopes', 'claims', 'principalId', 'integrationLatency');
  });

  for (const context of [
    {},
    { keyId: '', keyScopes: 'events:write' },
    { keyId: 'k' },
    { keyId: 7, keyScopes: '' },
    { keyId: 'k', keyScopes: '', keyActionPrefixes: '' },
    { keyId: 'k', keyScopes: '', keyActionPrefixes: '"a"' },
    { keyId: 'k', keyScopes: '', keyActionPrefixes: '[1]' },
    { keyId: 'k', keyScopes: '', keyActionPrefixes: null },
    { keyId: 'k', keyScopes: '', keyExpiresAt: 'soon' },
    { principalId: 'offlineContext_authorizer_principalId' },
  ]) {
    it(`gives no principal for ${JSON.stringify(context)}`, () => {
      expect(fromContext(context)).to.equal(undefined);
    });
  }

  it('leaves out scopes that this version does not know', () => {
    const principal = fromContext({ keyId: 'k', keyScopes: 'events:write all:everything' });
    expect([...(principal?.scopes ?? [])]).to.deep.equal(['events:write']);
  });
});
