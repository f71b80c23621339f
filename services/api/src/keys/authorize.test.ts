import { createMemoryKeysStore } from '@weir/dynamodb/keys/memory';
import { createKeyText, createRefusedTokens, identifyKeyText } from '@weir/keys';
import { silentLog, silentMeter } from '@weir/logging';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { expect } from 'chai';
import sinon from 'sinon';
import { BOOTSTRAP, type Principal } from '../http/callers/principal.ts';
import { fromContext } from '../http/callers/principal-context.ts';
import { createAuthorize } from './authorize.ts';
import { createIdentifyKey } from './identify-key.ts';

const METHOD_ARN = 'arn:aws:execute-api:eu-west-1:123456789012:abcdef/production/GET/v1/metrics/a';
const NOW = Date.UTC(2025, 10, 24);
const TEXT = createKeyText(new Uint8Array(32).fill(7));
const OTHER_TEXT = createKeyText(new Uint8Array(32).fill(8));
const MADE = { ...identifyKeyText(TEXT), name: 'n', scopes: ['events:write'], createdAt: 1 };
const KEY = { ...MADE, createdBy: 'bootstrap', makers: [] };

function createApi() {
  const clock = { now: NOW };
  const store = createMemoryKeysStore();
  const readBootstrapKeys = sinon.stub<[], Promise<readonly string[]>>().resolves(['the-bootstrap-key']);
  const noteUse = sinon.stub<[unknown], Promise<void>>().resolves();
  const now = () => clock.now;
  const refused = createRefusedTokens({ ttlMs: 5_000, maxTokens: 100, now });
  const identify = createIdentifyKey({ store, readBootstrapKeys, refused, noteUse, now });
  const authorize = createAuthorize({ identify, log: silentLog, meter: silentMeter, budgetMs: 50 });
  const ask = (headers: Record<string, string> | null) =>
    authorize({ methodArn: METHOD_ARN, headers } as unknown as APIGatewayRequestAuthorizerEvent);
  /** The principal, or the authorizer's answer without one. */
  const who = async (authorization: string): Promise<Principal | string | undefined> => {
    const { policyDocument, context } = await ask({ Authorization: authorization });
    return context ? fromContext(context) : policyDocument.Statement[0]?.Effect;
  };
  return { clock, store, readBootstrapKeys, noteUse, ask, who };
}

describe('the authorizer', () => {
  it('admits a key to every route of the stage, and passes on its permissions', async () => {
    const { store, ask, noteUse } = createApi();
    await store.add({ ...KEY, actionPrefixes: ['shop.'], expiresAt: NOW + 1 });
    const { policyDocument, principalId, context } = await ask({ authorization: `Bearer ${TEXT}` });
    expect(policyDocument.Statement).to.deep.equal([
      {
        Action: 'execute-api:Invoke',
        Effect: 'Allow',
        Resource: 'arn:aws:execute-api:eu-west-1:123456789012:abcdef/production/*',
      },
    ]);
    expect(principalId).to.equal(KEY.id);
    expect(fromContext(context ?? {})).to.deep.equal({
      kind: 'principal',
      keyId: KEY.id,
      scopes: new Set(['events:write']),
      actionPrefixes: ['shop.'],
      expiresAt: NOW + 1,
    });
    expect(noteUse.calledOnce).to.equal(true);
  });

  for (const header of ['Bearer the-bootstrap-key', 'bearer the-bootstrap-key', 'BEARER  the-bootstrap-key ']) {
    it(`recognises the administrator by ${JSON.stringify(header)}`, async () => {
      const found = await createApi().who(header);
      expect(found).to.deep.equal({ ...BOOTSTRAP, actionPrefixes: undefined, expiresAt: undefined });
    });
  }

  for (const header of ['', 'the-bootstrap-key', 'Basic x', 'Bearer', 'Bearer ', 'Bearer a b', 'Bearer ü']) {
    it(`refuses ${JSON.stringify(header)} without a read`, async () => {
      const { who, readBootstrapKeys, store } = createApi();
      const find = sinon.spy(store, 'find');
      expect(await who(header)).to.equal('Deny');
      expect([readBootstrapKeys.called, find.called]).to.deep.equal([false, false]);
    });
  }

  for (const token of ['the-bootstrap-kez', 'The-bootstrap-key', 'the-bootstrap-key2', OTHER_TEXT, `${TEXT}x`]) {
    it(`refuses the key ${token}`, async () => {
      const { store, who, noteUse } = createApi();
      await store.add(KEY);
      expect(await who(`Bearer ${token}`)).to.equal('Deny');
      expect(noteUse.called).to.equal(false);
    });
  }

  it('refuses the right id with the wrong secret', async () => {
    const { store, who } = createApi();
    await store.add({ ...KEY, hash: identifyKeyText(OTHER_TEXT).hash });
    expect(await who(`Bearer ${TEXT}`)).to.equal('Deny');
  });

  it('refuses a request without headers', async () => {
    const { policyDocument } = await createApi().ask(null);
    expect(policyDocument.Statement[0]?.Effect).to.equal('Deny');
  });

  it('refuses an expired key from the moment it expires', async () => {
    const { store, clock, who } = createApi();
    await store.add({ ...KEY, expiresAt: NOW + 1 });
    expect(await who(`Bearer ${TEXT}`)).to.have.property('keyId', KEY.id);
    clock.now = NOW + 1;
    expect(await who(`Bearer ${TEXT}`)).to.equal('Deny');
  });

  it('refuses a removed key', async () => {
    const { store, who } = createApi();
    await store.add(KEY);
    await store.remove(KEY.id, { at: NOW, by: 'me' });
    expect(await who(`Bearer ${TEXT}`)).to.equal('Deny');
  });

  it('refuses a descendant of a key that was removed with its descendants, and reads makers only if there are any', async () => {
    const { store, who } = createApi();
    const trees = sinon.spy(store, 'findRemovedTrees');
    await store.add({ ...KEY, id: 'key_maker' });
    await store.add({ ...KEY, makers: ['key_maker'] });
    expect(await who(`Bearer ${TEXT}`)).to.have.property('keyId', KEY.id);
    expect(trees.callCount).to.equal(1);
    await store.removeTree('key_maker', { at: NOW, by: 'me' });
    expect(await who(`Bearer ${TEXT}`)).to.equal('Deny');
  });

  it('fails without denying while the makers of a key cannot be read', async () => {
    const { store, who } = createApi();
    await store.add({ ...KEY, makers: ['key_maker'] });
    sinon.stub(store, 'findRemovedTrees').rejects(new Error('down'));
    expect(await rejection(who(`Bearer ${TEXT}`))).to.have.property('message', 'down');
  });

  it('reads no makers for a key that the administrator made', async () => {
    const { store, who } = createApi();
    await store.add(KEY);
    const trees = sinon.spy(store, 'findRemovedTrees');
    expect(await who(`Bearer ${TEXT}`)).to.have.property('keyId', KEY.id);
    expect(trees.called).to.equal(false);
  });

  it('remembers a bad key for a moment, and then reads again', async () => {
    const { store, clock, who } = createApi();
    const find = sinon.spy(store, 'find');
    await who(`Bearer ${TEXT}`);
    expect(await who(`Bearer ${TEXT}`)).to.equal('Deny');
    expect(find.callCount).to.equal(1);
    await store.add(KEY);
    clock.now += 5_000;
    expect(await who(`Bearer ${TEXT}`)).to.have.property('keyId', KEY.id);
  });

  it('fails without denying while keys cannot be read; then it reads them', async () => {
    const { store, who } = createApi();
    await store.add(KEY);
    const find = sinon.stub(store, 'find').rejects(new Error('down'));
    expect(await rejection(who(`Bearer ${TEXT}`))).to.have.property('message', 'down');
    find.restore();
    expect(await who(`Bearer ${TEXT}`)).to.have.property('keyId', KEY.id);
  });

  it('fails while the bootstrap key cannot be read or is empty, and still admits other keys', async () => {
    const { store, who, readBootstrapKeys } = createApi();
    await store.add(KEY);
    readBootstrapKeys.onFirstCall().rejects(new Error('down')).onSecondCall().resolves(['']);
    expect(await rejection(who('Bearer the-bootstrap-key'))).to.be.an('error');
    expect(await rejection(who('Bearer the-bootstrap-key'))).to.be.an('error');
    expect(await who(`Bearer ${TEXT}`)).to.have.property('keyId', KEY.id);
    expect(await who('Bearer the-bootstrap-key')).to.have.property('keyId', 'bootstrap');
  });

  it('fails before the gateway’s time-out if the store hangs', async () => {
    const { store, who } = createApi();
    sinon.stub(store, 'find').returns(new Promise(() => undefined));
    expect(await rejection(who(`Bearer ${TEXT}`))).to.be.an('error');
  });
});

function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
