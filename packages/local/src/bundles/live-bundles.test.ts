import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type BuildContext, context } from 'esbuild';
import { until } from '../testing/until.ts';
import { createBundleFolders } from './bundle-folders.ts';
import { type Bundler, type FunctionBuild, keepLastGoodBundles } from './live-bundles.ts';
import { oneAtATime } from './one-at-a-time.ts';

describe('the bundles of a service under development', () => {
  let service: string;
  let bundler: Bundler;
  let contexts: BuildContext[];
  let afterBuild: () => Promise<void>;
  let said: string[];
  let folderOf: (handler: string) => Promise<string>;
  const sources = { 'one.ts': "import './shared.ts';\nexport const a = 1;", 'two.ts': "import './shared.ts';" };

  beforeEach(() => {
    service = mkdtempSync(join(tmpdir(), 'weir-'));
    mkdirSync(join(service, 'src'));
    for (const [name, text] of Object.entries({ ...sources, 'shared.ts': 'console.log(1);' })) save(name, text);
    contexts = [];
    afterBuild = async () => {};
    said = [];
    bundler = fakeBundler();
    folderOf = keepLastGoodBundles(bundler, {
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

  function fakeBundler(): Bundler {
    const workDirPath = join(service, '.work');
    const buildDirPath = join(workDirPath, '.build');
    const builds = new Map<string, FunctionBuild>();
    const begin = (entry: string): FunctionBuild => {
      const own = { entryPoints: [join(service, 'src', entry)], outdir: join(buildDirPath, 'src') } as const;
      const fixed = { bundle: true, format: 'esm', write: false, logLevel: 'silent', absWorkingDir: service } as const;
      let made: Promise<BuildContext<typeof fixed>> | undefined;
      const rebuild = async () => {
        made ??= context<typeof fixed>({ ...own, ...fixed });
        contexts.push(await made);
        const result = await (await made).rebuild();
        await afterBuild();
        return result;
      };
      return { rebuild };
    };
    return {
      ...{ serviceDirPath: service, workDirPath, buildDirPath, firstEntries: ['one.ts'], bundle: async () => {} },
      entryOf: (handler) => handler.replace(/\.handler$/, '.ts'),
      buildOf: (entry) => {
        const build = builds.get(entry) ?? begin(entry);
        builds.set(entry, build);
        return build;
      },
    };
  }

  const built = async (name: string): Promise<string> => {
    const folder = await folderOf(`${name}.handler`);
    return readFileSync(join(folder, 'src', `${name}.js`), 'utf8');
  };

  it('are whole in a folder of their own, which stays as it is', async () => {
    await bundler.bundle();
    const first = await folderOf('one.handler');
    expect(await built('one')).to.include('console.log(1)');
    save('shared.ts', 'console.log(2);');
    await bundler.bundle();
    expect(said).to.deep.equal(['✔ Built again: calls get the new code from now on']);
    expect(await built('one')).to.include('console.log(2)');
    expect(readFileSync(join(first, 'src/one.js'), 'utf8')).to.include('console.log(1)');
    expect(existsSync(bundler.buildDirPath)).to.equal(false);
  });

  it('are made for the first call, once, where the start does not need them', async () => {
    await bundler.bundle();
    expect(contexts).to.have.length(1);
    const folders = await Promise.all([folderOf('two.handler'), folderOf('two.handler')]);
    expect([new Set(folders).size, contexts.length]).to.deep.equal([1, 2]);
    expect(folders[0]).to.not.equal(await folderOf('one.handler'));
    expect([await built('two'), said]).to.deep.equal([await built('two'), []]);
  });

  it('have every change that came while they were made', async () => {
    await bundler.bundle();
    const { promise, resolve } = Promise.withResolvers<void>();
    afterBuild = () => promise;
    const first = built('two');
    await until(() => contexts.length === 2);
    save('shared.ts', 'console.log(2);');
    const again = bundler.bundle();
    resolve();
    await Promise.all([first, again]);
    expect(await built('two')).to.include('console.log(2)');
  });

  it('stay the last good ones while a build is broken, which is said in one sentence', async () => {
    await bundler.bundle();
    const good = await folderOf('one.handler');
    save('shared.ts', "import './nowhere.ts';\nimport './nothing.ts';");
    await bundler.bundle();
    expect(said).to.have.length(1);
    expect(said[0]).to.match(
      /^× The build is broken: weir-\w+\/src\/shared\.ts:1:8: Could not resolve ".\/nowhere\.ts", and 1 more error\. Calls still/,
    );
    expect([await folderOf('one.handler'), (await built('one')).includes('console.log(1)')]).to.deep.equal([
      good,
      true,
    ]);
    save('shared.ts', 'console.log(1);');
    await bundler.bundle();
    expect(said.slice(1)).to.deep.equal(['✔ Built again: calls get the new code from now on']);
    expect(await built('one')).to.include('console.log(1)');
  });

  it('fail with the sentence while the first build is broken, until it is not', async () => {
    await bundler.bundle();
    save('two.ts', 'import {');
    const error = await built('two').catch((caught: Error) => caught);
    expect(error)
      .to.have.property('message')
      .that.matches(/^The build is broken: weir-\w+\/src\/two\.ts:1:9: /);
    save('two.ts', "import './shared.ts';");
    expect(await built('two')).to.include('console.log(1)');
  });

  it('stay, without a word, if a change does not reach them', async () => {
    await bundler.bundle();
    const good = await folderOf('one.handler');
    save('other.ts', 'export {};');
    await bundler.bundle();
    expect([await folderOf('one.handler'), said]).to.deep.equal([good, []]);
  });

  it('refuse the start with the sentence if a build that it needs is broken', async () => {
    save('one.ts', 'import {');
    const error = await bundler.bundle().catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(RangeError);
    expect((error as Error).message).to.match(/^The build is broken: weir-\w+\/src\/one\.ts:1:9: /);
  });

  it('say that they cannot be written, and go on with the old ones', async () => {
    await bundler.bundle();
    const good = await folderOf('one.handler');
    rmSync(bundler.workDirPath, { recursive: true });
    writeFileSync(bundler.workDirPath, 'no folder');
    save('shared.ts', 'console.log(2);');
    await bundler.bundle();
    expect(said[0]).to.match(/^× The build is broken: E\w+: /);
    expect(await folderOf('one.handler')).to.equal(good);
  });
});

describe('the folders of bundles', () => {
  it('share files that stay the same, are few, and go with the processes that made them', async () => {
    const workDir = mkdtempSync(join(tmpdir(), 'weir-'));
    const gone = 2 ** 30;
    const forsaken = [`${gone}-1`, `${gone}-src.one.ts-1`];
    for (const name of [...forsaken, `${process.ppid}-1`, 'other']) mkdirSync(join(workDir, name));
    const foldersOf = createBundleFolders(workDir, join(workDir, 'build'));
    const { publish, current } = foldersOf('one');
    const file = (name: string, hash: string) => ({
      path: join(workDir, 'build', name),
      contents: Buffer.from(hash),
      hash,
    });
    for (let build = 1; build <= 5; build += 1) {
      expect(await publish([file('a/same.js', 'x'), file('new.js', `${build}`)])).to.equal(true);
    }
    expect(await publish([file('a/same.js', 'x'), file('new.js', '5')])).to.equal(false);
    await foldersOf('two').publish([file('two.js', 'y')]);
    const own = ['one-3', 'one-4', 'one-5', 'two-1'].map((build) => `${process.pid}-${build}`);
    expect(readdirSync(workDir).toSorted()).to.deep.equal([...own, `${process.ppid}-1`, 'other'].toSorted());
    expect(readFileSync(join(current(), 'a/same.js'), 'utf8')).to.equal('x');
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
