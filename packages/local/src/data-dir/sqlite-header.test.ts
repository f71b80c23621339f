import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { expectSqliteHeader } from './sqlite-header.ts';

describe('the header of a database', () => {
  let file: string;
  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), 'weir-')), 'tables.db');
  });
  afterEach(() => rmSync(join(file, '..'), { recursive: true, force: true }));

  it('is right in a database, in an empty one, and where none is', () => {
    expect(() => expectSqliteHeader(file)).to.not.throw();
    writeFileSync(file, '');
    expect(() => expectSqliteHeader(file)).to.not.throw();
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE a (b)');
    database.close();
    expect(() => expectSqliteHeader(file)).to.not.throw();
  });

  for (const content of ['x'.repeat(5_000), 'SQLite']) {
    it(`is wrong in a file of ${content.length} bytes of something else, and the way out is said`, () => {
      writeFileSync(file, content);
      expect(() => expectSqliteHeader(file)).to.throw(/tables\.db is damaged \(its header is wrong\).*npm run reset/);
    });
  }
});
