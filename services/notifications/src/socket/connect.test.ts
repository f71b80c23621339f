import { createMemoryConnectionsStore } from '@weir/dynamodb/connections/memory';
import { createMemoryKeysStore } from '@weir/dynamodb/keys/memory';
import { createFindKey, createKeyText, createRefusedTokens, identifyKeyText } from '@weir/keys';
import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import { connect } from './connect.ts';

const NOW = 1_796_000_000_000;
const TEXT = createKeyText(new Uint8Array(32).fill(7));
const KEY = {
  ...{ ...identifyKeyText(TEXT), name: 'n', scopes: ['metrics:read'], createdAt: 1 },
  ...{ createdBy: 'bootstrap', makers: [], expiresAt: NOW + 9, actionPrefixes: ['shop.'] },
};

function openDoor() {
  const keys = createMemoryKeysStore();
  const connections = createMemoryConnectionsStore();
  const now = () => NOW;
  const refused = createRefusedTokens({ ttlMs: 5_000, maxTokens: 9, now });
  const findKey = createFindKey({ store: keys, readBootstrapKeys: async () => ['the-bootstrap-key'], refused, now });
  const deps = { keys, connections, findKey, log: silentLog, now };
  const ask = (key: string | undefined, isSpoken = true) =>
    connect(deps, { connectionId: 'c1', offered: { isSpoken, key } });
  return { keys, connections, ask };
}

describe('a client that connects', () => {
  const welcome = { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'weir.v1' } };

  it('is admitted with its key, which is never in the answer, and keeps its limits', async () => {
    const { keys, connections, ask } = openDoor();
    await keys.add(KEY);
    expect(await ask(TEXT)).to.deep.equal(welcome);
    expect(await connections.find('c1')).to.deep.equal({
      ...{ id: 'c1', connectedAt: NOW, keyId: KEY.id, keyExpiresAt: NOW + 9, actionPrefixes: ['shop.'], revision: 0 },
    });
    expect((await keys.find(KEY.id))?.lastUsedAt).to.equal(NOW);
  });

  it('may be the administrator', async () => {
    const { connections, ask } = openDoor();
    expect(await ask('the-bootstrap-key')).to.deep.equal(welcome);
    expect(await connections.find('c1')).to.include({ keyId: 'bootstrap', actionPrefixes: undefined });
  });

  it('is refused without the protocol, without a key, with a bad one, and with one of other scopes', async () => {
    const { keys, connections, ask } = openDoor();
    await keys.add({ ...KEY, scopes: ['events:write'] });
    expect(await ask(TEXT, false)).to.deep.equal({ statusCode: 400 });
    for (const key of [undefined, '', 'another']) expect(await ask(key)).to.deep.equal({ statusCode: 401 });
    expect(await ask(TEXT)).to.deep.equal({ statusCode: 403 });
    expect(await connections.all()).to.deep.equal([]);
  });

  it('is to come again if its key cannot be checked', async () => {
    const { keys, ask } = openDoor();
    keys.find = () => Promise.reject(new Error('no table'));
    expect(await ask(TEXT)).to.deep.equal({ statusCode: 503 });
  });

  it('is admitted although the use of its key cannot be noted', async () => {
    const { keys, ask } = openDoor();
    await keys.add(KEY);
    keys.markUsed = () => Promise.reject(new Error('no table'));
    expect(await ask(TEXT)).to.deep.equal(welcome);
  });
});
