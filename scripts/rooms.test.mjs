import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { arrowsBetweenFiles, arrowsBetweenRooms, circlesOf, describeRooms, readImports } from './rooms.mjs';

const ROOT = join(import.meta.dirname, '..');

describe('rooms', () => {
  let folder;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-rooms-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function write(files) {
    for (const [name, text] of Object.entries(files)) {
      const file = join(folder, 'packages/p/src', name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return readImports(folder);
  }

  it('finds each import, in any form, and leaves out files that only tests use', () => {
    const files = write({
      'a/one.ts': "import { type X, y } from '../b/two.ts';\nexport * from '../b/three.ts';\nimport './bare.ts';\n",
      'a/bare.ts': "export const late = () => import('../b/two.ts');\n",
      'a/one.test.ts': "import '../c/four.ts';\n",
      'a/testing/five.ts': "import '../../c/four.ts';\n",
      'b/two.ts': "import { join } from 'node:path';\n",
      'b/three.ts': '',
    });
    expect(arrowsBetweenFiles(files).map(({ file, imported }) => `${file} ${imported}`)).to.deep.equal([
      'packages/p/src/a/bare.ts packages/p/src/b/two.ts',
      'packages/p/src/a/one.ts packages/p/src/b/two.ts',
      'packages/p/src/a/one.ts packages/p/src/b/three.ts',
      'packages/p/src/a/one.ts packages/p/src/a/bare.ts',
    ]);
    expect(describeRooms(files)).to.deep.equal([
      {
        name: 'packages/p',
        rooms: [
          ['packages/p/src/a', 2],
          ['packages/p/src/b', 2],
        ],
        arrows: 1,
      },
    ]);
  });

  it('names the import that closes a circle, between files and between rooms', () => {
    const files = write({
      'a/one.ts': "import '../b/two.ts';\n",
      'b/two.ts': '',
      'b/three.ts': "import '../a/one.ts';\n",
      'c/four.ts': "import '../a/one.ts';\n",
    });
    expect(circlesOf(arrowsBetweenFiles(files))).to.deep.equal([]);
    expect(circlesOf(arrowsBetweenRooms(files)).map(({ file, imported }) => `${file} ${imported}`)).to.deep.equal([
      'packages/p/src/a/one.ts packages/p/src/b/two.ts',
      'packages/p/src/b/three.ts packages/p/src/a/one.ts',
    ]);
  });

  it('of this repository import one another in no circle', () => {
    const files = readImports(ROOT);
    const circles = [...circlesOf(arrowsBetweenFiles(files)), ...circlesOf(arrowsBetweenRooms(files))];
    expect(circles.map(({ file, imported }) => `${file} imports ${imported}`)).to.deep.equal([]);
  });
});
