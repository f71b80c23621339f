import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { BuildOptions } from 'esbuild';
import { createFileStamps } from './file-stamps.ts';
import { createKeptBuild, type KeptBuild } from './kept-build.ts';

const longAgo = new Date('2001-01-01');

describe('a build that is kept', function () {
  this.timeout(20_000);
  let root: string;
  let builds: number;
  let whileBuilding: () => void;
  let opened: KeptBuild[];

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'weir-')));
    builds = 0;
    opened = [];
    whileBuilding = () => {};
    mkdirSync(join(root, 'service/src'), { recursive: true });
    save('service/src/one.ts', "import { shared } from './shared.ts';\nconsole.log(shared);");
    save('service/src/shared.ts', 'export const shared: number = 1;');
  });
  afterEach(async () => {
    for (const build of opened) await build.dispose();
    rmSync(root, { recursive: true, force: true });
  });

  /** An old file: one that is as new as its build is not trusted. */
  function save(name: string, text: string, at = longAgo): void {
    writeFileSync(join(root, name), text);
    utimesSync(join(root, name), at, at);
  }

  function open(own: BuildOptions = {}): KeptBuild {
    const counted = {
      name: 'counted',
      setup: (build: { onEnd(then: () => void): void }) =>
        build.onEnd(() => {
          builds += 1;
          whileBuilding();
        }),
    };
    const options = { ...own, entryPoints: ['src/one.ts'], bundle: true, outdir: 'out', plugins: [counted] };
    const settings = { ...options, absWorkingDir: join(root, 'service'), logLevel: 'silent', write: false } as const;
    const build = createKeptBuild({ options: settings, file: join(root, 'kept/one'), rootDir: root });
    opened.push(build);
    return build;
  }

  async function textOf(build: KeptBuild): Promise<string> {
    const { outputFiles } = await build.rebuild(createFileStamps());
    return outputFiles.map(({ contents }) => Buffer.from(contents).toString()).join('');
  }

  it('is done once, also for another process', async () => {
    const first = open();
    const text = await textOf(first);
    expect(text).to.include('var shared = 1');
    expect([await textOf(first), await textOf(open()), builds]).to.deep.equal([text, text, 1]);
    expect(readdirSync(join(root, 'kept'))).to.deep.equal(['one']);
  });

  for (const [what, change] of [
    ['a source', () => save('service/src/shared.ts', 'export const shared = 22;')],
    [
      'a source, to one of the same length',
      () => save('service/src/shared.ts', 'export const shared: number = 2;', new Date()),
    ],
    ['a package.json above', () => save('package.json', '{ "sideEffects": false }')],
    ['a tsconfig.json', () => save('service/tsconfig.json', '{}')],
    [
      'the installed packages',
      () => {
        mkdirSync(join(root, 'node_modules'));
        save('node_modules/.package-lock.json', '{}');
      },
    ],
    ['the kept file, which is damaged', () => appendFileSync(join(root, 'kept/one'), 'x')],
  ] as const) {
    it(`is done anew after a change of ${what}`, async () => {
      const build = open();
      await textOf(build);
      change();
      await textOf(build);
      expect(builds).to.equal(2);
    });
  }

  it('is done anew with other options', async () => {
    await textOf(open());
    expect(await textOf(open({ minify: true }))).to.not.include('var shared');
    expect(builds).to.equal(2);
  });

  it('is not kept if a file changed in the meantime', async () => {
    whileBuilding = () => save('service/src/shared.ts', 'export const shared: number = 2;', new Date());
    expect(await textOf(open())).to.include('shared = 1');
    whileBuilding = () => {};
    expect(await textOf(open())).to.include('shared = 2');
  });

  it('is not kept if it is broken, and is there once the file is good again', async () => {
    const build = open();
    save('service/src/shared.ts', 'export const');
    for (const attempt of [build, open()]) {
      const error = await textOf(attempt).catch((caught: { errors: unknown[] }) => caught);
      expect(error).to.have.property('errors').with.length(1);
    }
    save('service/src/shared.ts', 'export const shared: number = 3;');
    expect(await textOf(build)).to.include('shared = 3');
  });
});
