import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { expect } from 'chai';
import fc from 'fast-check';
import { createEventHashes, createHashEvent, type HashEvent } from './event-hashes.ts';

const OUT = new Uint32Array(2);

function hex(hashEvent: HashEvent, action: string, id: string): string {
  hashEvent(action, id, OUT);
  return [...OUT].map((word) => word.toString(16).padStart(8, '0')).join('');
}

const action = fc.stringMatching(/^[A-Za-z0-9._:-]{1,8}$/);
const id = fc.string({
  unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
  minLength: 1,
});

describe('the hash of an event', () => {
  it('never changes, as logs hold it', () => {
    const hashEvent = createHashEvent('secret');
    expect(hex(hashEvent, 'checkout', 'e-1')).to.equal('8f981087d20f8488');
    expect(hex(hashEvent, 'checkout.e', '-1')).to.equal('a60cd40ef35342d0');
    expect(hex(hashEvent, 'a', '018f3a7c-1111-7000-8000-000000000001')).to.equal('34ba1aecdf3ab37f');
  });

  it('differs for each action and id, also if both together have the same text', () => {
    const hashEvent = createHashEvent('secret');
    const event = fc.tuple(action, id);
    fc.assert(
      fc.property(event, event, fc.nat(8), ([a, i], [b, j], cut) => {
        const joined = a + i;
        const moved = [joined.slice(0, cut), joined.slice(cut)] as const;
        for (const [otherAction, otherId] of [[b, i], [a, j], [i, a], moved] as const) {
          const isSame = otherAction === a && otherId === i;
          expect(hex(hashEvent, a, i) === hex(hashEvent, otherAction, otherId)).to.equal(isSame);
        }
      }),
    );
  });

  it('differs with another secret, so that no producer can aim at one', () => {
    fc.assert(
      fc.property(action, id, fc.string(), (a, i, secret) => {
        expect(hex(createHashEvent(secret), a, i)).to.not.equal(hex(createHashEvent(`${secret}.`), a, i));
      }),
    );
  });

  it('does not depend on earlier hashes, whatever the number of actions', () => {
    const hashEvent = createHashEvent('secret');
    for (let i = 0; i < 10_000; i++) hashEvent(`a${i}`, 'x', OUT);
    for (const a of ['a0', 'a9999', 'a5000']) {
      expect(hex(hashEvent, a, 'x')).to.equal(hex(createHashEvent('secret'), a, 'x'));
    }
  });
});

describe('the hashes of events', () => {
  it('are the same in all instances of a stage, whichever starts first', async () => {
    const secrets = new MemoryMetricsStore();
    const [a, b] = await Promise.all(
      ['one', 'two'].map((secret) => createEventHashes({ secrets, newSecret: () => secret }).open()),
    );
    expect(hex(a as HashEvent, 'a', 'x')).to.equal(hex(b as HashEvent, 'a', 'x'));
  });

  it('read the secret once, and again after a failed read', async () => {
    let asked = 0;
    const keepSecret = async () => {
      asked++;
      if (asked === 1) throw new Error('down');
      return 'secret';
    };
    const hashes = createEventHashes({ secrets: { keepSecret }, newSecret: () => 'new' });
    const failed = await hashes.open().catch((error: Error) => error.message);
    expect([failed, asked]).to.deep.equal(['down', 1]);
    expect(await hashes.open()).to.equal(await hashes.open());
    expect(asked).to.equal(2);
  });
});
