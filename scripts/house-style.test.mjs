import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { findBreaches } from './house-style.mjs';

const LONG = `a${'b'.repeat(100)}`;

const RIGHT = {
  'one function below the one that is exported': [
    'first-one.ts',
    'export function firstOne() {\n  second();\n}\n\nfunction second() {}\n',
  ],
  'constants and types above it': [
    'first-one.ts',
    'const A = 1;\n\ninterface B {}\n\nexport async function firstOne() {}\n',
  ],
  'a private class above it': ['first-one.ts', 'class A {}\n\nexport function firstOne() {}\n'],
  'no exported function': ['main.ts', 'function one() {}\n\nfunction two() {}\n'],
  'a short statement without braces': ['a.ts', 'if (a) b();\nfor (const a of b) c(a);\n'],
  'a statement too long for the line, in braces': ['a.ts', `if (aVeryLongName) {\n  ${LONG}(1);\n}\n`],
  'two statements in braces': ['a.ts', 'if (a) {\n  b();\n  c();\n}\n'],
  'an else after the braces': ['a.ts', 'if (a) {\n  b();\n} else {\n  c();\n}\n'],
  'a second condition in braces': ['a.ts', 'for (const a of b) {\n  if (a) c();\n}\n'],
  'a comment in braces': ['a.ts', 'if (a) {\n  // for a reason\n}\n'],
  'a folder named testing': ['testing/a.ts', ''],
};

const WRONG = {
  'move second below firstOne': ['first-one.ts', 'function second() {}\n\nexport function firstOne() {}\n'],
  'move other below firstOne': ['first-one.test.ts', 'export function other() {}\n\nexport function firstOne() {}\n'],
  'move second below One': ['one.ts', 'async function second() {}\n\nexport class One {}\n'],
  'move second below first': ['other-name.ts', 'function second() {}\n\nexport function first() {}\n'],
  'leave the braces out': ['a.ts', 'function a() {\n  if (a) {\n    b();\n  }\n}\n'],
  'give the statement braces': ['a.ts', `for (const aVeryLongName of b)\n  ${LONG}(1);\n`],
  'name the folder utils': ['utils/a.ts', ''],
  'name the folder test-support': ['test-support/b/a.ts', ''],
};

describe('house style', () => {
  let folder;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-style-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function breachesOf([name, text]) {
    const file = join(folder, 'packages/p/src', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return findBreaches(folder);
  }

  for (const [what, sample] of Object.entries(RIGHT)) {
    it(`has ${what}`, () => expect(breachesOf(sample)).to.deep.equal([]));
  }

  for (const [advice, sample] of Object.entries(WRONG)) {
    it(`asks to ${advice}`, () => {
      const [found, ...others] = breachesOf(sample);
      expect(found).to.include(advice);
      expect(others).to.deep.equal([]);
    });
  }

  it('is kept by this repository', () => {
    expect(findBreaches(join(import.meta.dirname, '..'))).to.deep.equal([]);
  });
});
