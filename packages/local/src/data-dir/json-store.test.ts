import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openJsonStore } from './json-store.ts';

describe('a small store in a file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('has the same content in the same order at the next start, and makes its folder if needed', () => {
    const file = join(folder, 'data', 'secrets.json');
    const store = openJsonStore<{ n: number }>(file);
    store.set('b', { n: 1 });
    store.set('a', { n: 2 });
    store.set('b', { n: 3 });
    store.delete('none');
    const again = openJsonStore<{ n: number }>(file);
    expect(again.entries()).to.deep.equal([
      ['b', { n: 3 }],
      ['a', { n: 2 }],
    ]);
    again.delete('b');
    expect(openJsonStore(file).get('b')).to.equal(undefined);
    expect(readdirSync(join(folder, 'data'))).to.deep.equal(['secrets.json']);
  });

  for (const damaged of ['[["a",', '{}', '7', '[1]', '[["a"]]', '[[1,2]]']) {
    it(`says what to do about a damaged file, and what is lost by it, and keeps it: ${damaged}`, () => {
      const file = join(folder, 'secrets.json');
      writeFileSync(file, damaged);
      const problem = /secrets\.json is damaged \(.*\)\. To start anew, run `npm run reset`: it deletes all/;
      expect(() => openJsonStore(file)).to.throw(Error, problem);
      expect(readdirSync(folder)).to.deep.equal(['secrets.json']);
    });
  }

  it('ignores a file that was half written when its process was killed', () => {
    const file = join(folder, 'secrets.json');
    openJsonStore(file).set('a', 1);
    writeFileSync(`${file}.new`, '[["a"');
    expect(openJsonStore(file).entries()).to.deep.equal([['a', 1]]);
  });

  it('keeps names that every object has', () => {
    const file = join(folder, 'secrets.json');
    openJsonStore(file).set('__proto__', { x: 1 });
    expect(openJsonStore(file).get('__proto__')).to.deep.equal({ x: 1 });
    expect(openJsonStore(file).get('constructor')).to.equal(undefined);
  });

  it('is as before after a change that could not be written', () => {
    const file = join(folder, 'data', 'secrets.json');
    const store = openJsonStore<number>(file);
    store.set('a', 1);
    rmSync(join(folder, 'data'), { recursive: true });
    writeFileSync(join(folder, 'data'), 'no folder');
    expect(() => store.set('a', 2)).to.throw();
    expect(() => store.set('b', 2)).to.throw();
    expect(() => store.delete('a')).to.throw();
    expect(store.entries()).to.deep.equal([['a', 1]]);
  });

  it('writes nothing without a file', () => {
    const store = openJsonStore(undefined);
    store.set('a', 1);
    expect([store.get('a'), openJsonStore(undefined).get('a'), readdirSync(folder)]).to.deep.equal([1, undefined, []]);
  });
});
