import { expect } from 'chai';
import fc from 'fast-check';
import sinon from 'sinon';
import { createCursors } from './cursor.ts';

const cursors = createCursors({ secret: () => 'a secret' });
/** Positions are well-formed text: a text without UTF-8 is not a key of any list. */
const position = fc.string({ unit: 'binary' });

describe('cursors', () => {
  it('return the position that they were made of', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), position, async (listing, at) => {
        const cursor = await cursors.seal(listing, at);
        expect(cursor).to.match(/^[A-Za-z0-9_-]+$/);
        expect(await cursors.open(listing, cursor)).to.equal(at);
      }),
    );
  });

  it('open nothing in another list, even if name and position join to the same text', async () => {
    await fc.assert(
      fc.asyncProperty(position, fc.string(), async (at, listing) => {
        fc.pre(listing !== 'users');
        expect(await cursors.open(listing, await cursors.seal('users', at))).to.equal(undefined);
      }),
    );
    expect(await cursors.open('users', await cursors.seal('users?a', 'b'))).to.equal(undefined);
    expect(await cursors.open('user', await cursors.seal('users', 'x'))).to.equal(undefined);
  });

  it('open nothing once any bit has changed', async () => {
    const bytes = Buffer.from(await cursors.seal('users', 'u_42'), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(await cursors.open('users', changed.toString('base64url')), `bit ${bit}`).to.equal(undefined);
    }
  });

  it('open nothing under another secret', async () => {
    const other = createCursors({ secret: async () => 'another secret' });
    expect(await other.open('users', await cursors.seal('users', 'u_42'))).to.equal(undefined);
  });

  for (const forged of ['', 'x', '?', 'dV80Mg', Buffer.alloc(40).toString('base64url')]) {
    it(`open nothing of ${JSON.stringify(forged)}`, async () => {
      expect(await cursors.open('users', forged)).to.equal(undefined);
    });
  }

  it('have only one spelling', async () => {
    const cursor = await cursors.seal('users', 'u');
    for (const other of [`${cursor}=`, `${cursor} `, `${cursor}\n`, `${cursor}A`]) {
      expect(await cursors.open('users', other), other).to.equal(undefined);
    }
  });

  it('fail while the secret cannot be read, and do not keep the failure', async () => {
    const secret = sinon.stub<[], Promise<string>>();
    secret.onFirstCall().rejects(new Error('down'));
    secret.resolves('a secret');
    const failing = createCursors({ secret });
    const outcome = await failing.seal('users', 'u').catch((error: Error) => error.message);
    expect(outcome).to.equal('down');
    expect(await failing.open('users', await cursors.seal('users', 'u'))).to.equal('u');
  });
});
