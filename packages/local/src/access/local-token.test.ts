import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { bearsToken, localToken } from './local-token.ts';

describe('localToken', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'weir-token-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('is one for all processes of a folder, another in another, and for this user alone', () => {
    const token = localToken(join(dir, 'a'));
    expect(token).to.match(/^[\w-]{32}$/);
    expect(localToken(join(dir, 'a'))).to.equal(token);
    expect(localToken(join(dir, 'b'))).to.not.equal(token);
    expect(statSync(join(dir, 'a', 'token')).mode & 0o777).to.equal(0o600);
  });

  it('says what is wrong with a file that is empty', () => {
    writeFileSync(join(dir, 'token'), '');
    expect(() => localToken(dir)).to.throw('is empty: remove it');
  });

  it('is known in its header, and nothing else is', () => {
    expect(bearsToken('Bearer secret', 'secret')).to.equal(true);
    for (const other of [undefined, '', 'secret', 'Bearer ', 'Bearer secre', 'Bearer secret2', 'bearer secret']) {
      expect(bearsToken(other, 'secret'), other).to.equal(false);
    }
  });
});
