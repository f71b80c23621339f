import { globSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { expect } from 'chai';

const ROOT = join(import.meta.dirname, '../..');
const RUNS = globSync('.mocharc.*.json', { cwd: ROOT });

interface RunConfig {
  readonly spec: readonly string[];
  readonly ignore?: readonly string[];
}

describe('every file of tests', () => {
  it('is in one of the runs of npm test', () => {
    const configs = RUNS.map((file) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as RunConfig);
    const files = globSync('{packages,services,auditor,bench,tests,scripts}/**/*.test.{ts,mjs}', {
      cwd: ROOT,
      exclude: ['**/node_modules'],
    });
    const isRun = (file: string) =>
      configs.some(({ spec, ignore = [] }) => {
        const isIn = (globs: readonly string[]) => globs.some((glob) => matchesGlob(file, glob));
        return isIn(spec) && !isIn(ignore);
      });
    expect(files).to.have.length.above(400);
    expect(files.filter((file) => !isRun(file))).to.deep.equal([]);
  });
});
