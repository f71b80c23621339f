import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type BuildContext, type BuildOptions, context } from 'esbuild';
import { createBundleFolders } from './bundle-folders.ts';
import { type Bundler, keepLastGoodBundles } from './live-bundles.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** What keepLastGoodBundles changes: serverless-esbuild, as far as it matters here. */
type TestBundler = { -readonly [Key in keyof Bundler]: Bundler[Key] };

describe('the bundles of a service under development', () => {
  let service: string;
  let bundler: TestBundler;
  let contexts: BuildContext[];
  let said: string[];
  let folder: () => string | undefined;
  const sources = { 'one.ts': "import './shared.ts';\nexport const a = 1;", 'two.ts': "import './shared.ts';" };

  beforeEach(() => {
    service = mkdtempSync(join(tmpdir(), 'weir-'));
    mkdirSync(join(service, 'src'));
    for (const [name, text] of Object.entries({ ...sources, 'shared.ts': 'console.log(1);' })) save(name, text);
    contexts = [];
    said = [];
    bundler = fakeBundler();
    folder = keepLastGoodBundles(bundler, {
      ...{ rootDir: join(service, '..'), pauseMs: 1 },
      say: (line) => said.push(line),
      failure: (sentence) => new RangeError(sentence),
    });
  });
  afterEach(async () => {
    for (const one of contexts) await one.dispose();
    rmSync(service, { recursive: true, force: true });
  });

  function save(name: string, text: string): void {
    writeFileSync(join(service, 'src', name), text);
  }

  function fakeBundler(): TestBundler {
    const buildDirPath = join(service, '.work/.build');
    const made: TestBundler = {
      ...{ serviceDirPath: service, workDirPath: join(service, '.work'), buildDirPath, buildCache: {} },
      notifyServerlessOffline: () => {
        throw new Error('the functions were ended');
      },
      bundle: async () => {
        for (const name of Object.keys(sources)) {
          const entryPoints = [join(service, 'src', name)];
          const outdir = join(buildDirPath, 'src');
          const own = { entryPoints, outdir, bundle: true, format: 'esm', write: false, logLevel: 'silent' } as const;
          const options: BuildOptions & { write: false } = { ...own, absWorkingDir: service };
          const made = await context(options);
          contexts.push(made);
          bundler.buildCache = { ...bundler.buildCache, [name]: { context: made, result: await made.rebuild() } };
        }
      },
    };
    return made;
  }

  const built = (name: string): string => readFileSync(join(folder() ?? '', 'src', name), 'utf8');

  it('are whole in a folder of their own, which stays as it is', async () => {
    await bundler.bundle();
    const first = folder() ?? '';
    expect(built('one.js')).to.include('console.log(1)');
    save('shared.ts', 'console.log(2);');
    await bundler.bundle();
    expect(said).to.deep.equal(['✔ Built again: calls get the new code from now on']);
    expect(built('two.js')).to.include('console.log(2)');
    expect(readFileSync(join(first, 'src/two.js'), 'utf8')).to.include('console.log(1)');
    expect(existsSync(bundler.buildDirPath)).to.equal(false);
    bundler.notifyServerlessOffline();
  });

  it('stay the last good ones while a build is broken, which is said in one sentence', async () => {
    await bundler.bundle();
    const good = folder();
    save('shared.ts', "import './nowhere.ts';\nimport './nothing.ts';");
    await bundler.bundle();
    expect(said).to.have.length(1);
    expect(said[0]).to.match(
      /^× The build is broken: weir-\w+\/src\/shared\.ts:1:8: Could not resolve ".\/nowhere\.ts", and 1 more error\. Calls still/,
    );
    expect([folder(), built('one.js').includes('console.log(1)')]).to.deep.equal([good, true]);
    save('shared.ts', 'console.log(1);');
    await bundler.bundle();
    expect(said.slice(1)).to.deep.equal(['✔ Built again: calls get the new code from now on']);
    expect(built('one.js')).to.include('console.log(1)');
  });

  it('stay, without a word, if a change does not reach them', async () => {
    await bundler.bundle();
    const good = folder();
    save('other.ts', 'export {};');
    await bundler.bundle();
    expect([folder(), said]).to.deep.equal([good, []]);
  });

  it('refuse the start with the sentence if the first build is broken', async () => {
    save('two.ts', 'import {');
    const error = await bundler.bundle().catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(RangeError);
    expect((error as Error).message).to.match(/^The build is broken: weir-\w+\/src\/two\.ts:1:9: /);
  });

  it('say that they cannot be written, and go on with the old ones', async () => {
    await bundler.bundle();
    const good = folder();
    rmSync(bundler.workDirPath, { recursive: true });
    writeFileSync(bundler.workDirPath, 'no folder');
    save('shared.ts', 'console.log(2);');
    await bundler.bundle();
    expect(said[0]).to.match(/^× The build is broken: E\w+: /);
    expect(folder()).to.equal(good);
  });
});

describe('the folders of bundles', () => {
  it('share files that stay the same, are few, and go with the processes that made them', async () => {
    const workDir = mkdtempSync(join(tmpdir(), 'weir-'));
    const gone = 2 ** 30;
    for (const name of [`${gone}-1`, `${process.ppid}-1`, 'other']) mkdirSync(join(workDir, name));
    const { publish, current } = createBundleFolders(workDir, join(workDir, 'build'));
    const file = (name: string, hash: string) => ({
      path: join(workDir, 'build', name),
      contents: Buffer.from(hash),
      hash,
    });
    for (let build = 1; build <= 5; build += 1) {
      expect(await publish([file('a/same.js', 'x'), file('new.js', `${build}`)])).to.equal(true);
    }
    expect(await publish([file('a/same.js', 'x'), file('new.js', '5')])).to.equal(false);
    const own = [3, 4, 5].map((build) => `${process.pid}-${build}`);
    expect(readdirSync(workDir).toSorted()).to.deep.equal([...own, `${process.ppid}-1`, 'other'].toSorted());
    expect(readFileSync(join(current() ?? '', 'a/same.js'), 'utf8')).to.equal('x');
    rmSync(workDir, { recursive: true });
  });
});

describe('builds one at a time', () => {
  it('are one for changes that come together, and one more for those that come meanwhile', async () => {
    const begun: number[] = [];
    let running = 0;
    const build = oneAtATime(async () => {
      running += 1;
      begun.push(running);
      await sleep(20);
      running -= 1;
    }, 1);
    const first = [build(), build(), build()];
    await sleep(10);
    const second = [build(), build()];
    await Promise.all(first);
    expect(begun).to.have.length(1);
    await Promise.all(second);
    expect(begun).to.deep.equal([1, 1]);
  });
});
