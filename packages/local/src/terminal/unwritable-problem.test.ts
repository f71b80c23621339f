import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { unexpectedProblem } from './unexpected-problem.ts';

describe('a state that cannot be written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  function problemOf(work: () => void): string {
    try {
      work();
    } catch (error) {
      return unexpectedProblem(error);
    }
    return 'none';
  }
  const failed = (code: string, path?: string) => () => {
    throw Object.assign(new Error(`${code}: no, write`), { code, path });
  };

  it('is one sentence that names it and says what to do, when a file is in the way', () => {
    writeFileSync(join(folder, 'state'), '');
    for (const path of [join(folder, 'state'), join(folder, 'state', 'logs')]) {
      const problem = problemOf(() => mkdirSync(path, { recursive: true }));
      expect(problem).to.match(/state.* cannot be written \((EEXIST|ENOTDIR)\): .* WEIR_STATE_DIR\.$/);
    }
  });

  it('is one sentence when it belongs to somebody else, or may only be read', () => {
    for (const code of ['EACCES', 'EPERM', 'EROFS']) {
      expect(problemOf(failed(code, '/weir/x'))).to.match(new RegExp(`^/weir/x cannot be written \\(${code}\\): `));
    }
  });

  it('is no other error', () => {
    expect(problemOf(failed('EADDRINUSE', '/weir/x'))).to.equal('EADDRINUSE: no, write');
    expect(problemOf(failed('EACCES'))).to.equal('EACCES: no, write');
  });
});
