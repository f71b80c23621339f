import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import {
  installProblem,
  javaMajorOf,
  javaProblem,
  missingForTests,
  nodeMajorOf,
  nodeProblem,
  tablesNeed,
} from './checks.mjs';

describe('what the machine must have', () => {
  const javas = [
    ['openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', 17],
    ['java version "1.8.0_292"\nJava(TM) SE Runtime Environment', 8],
    ['openjdk version "21" 2023-09-19', 21],
    ['openjdk version "25-ea" 2025-09-16', 25],
    ['Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "11.0.2" 2019-01-15', 11],
    ['The operation couldn’t be completed. Unable to locate a Java Runtime.', undefined],
    ['', undefined],
  ];
  for (const [output, major] of javas) {
    it(`reads Java ${major} from ${JSON.stringify(output.slice(0, 40))}`, () => {
      expect(javaMajorOf(output)).to.equal(major);
    });
  }

  it('says that Java is missing or too old, and how to install it', () => {
    expect(javaProblem(undefined)).to.match(/Java 17 or newer.*no `java` on the PATH.*Install/);
    expect(javaProblem('java version "1.8.0_292"')).to.match(/is version 8.*Install/);
    expect(javaProblem('openjdk version "17.0.1"')).to.equal(undefined);
  });

  const dynoxide = 'node_modules/@dynoxide/linux-x64';
  for (const [asked, inLockFile, onDisk, need] of [
    [undefined, true, false, dynoxide],
    [undefined, false, true, dynoxide],
    ['', true, true, dynoxide],
    ['dynoxide', true, true, dynoxide],
    [undefined, false, false, 'java'],
    ['dynamodb-local', true, true, 'java'],
  ]) {
    it(`needs ${need} where ${asked || 'no engine'} is asked for and dynoxide is ${inLockFile ? '' : 'not '}in the lock file`, () => {
      const wanted = inLockFile ? { [dynoxide]: { optional: true } } : {};
      expect(tablesNeed({ asked, system: 'linux-x64', wanted, exists: () => onDisk })).to.equal(need);
    });
  }

  it('prints one line for each missing program of tests, with how to install it', () => {
    const [redis, chromium, moto, ...others] = missingForTests(() => false);
    expect(redis).to.match(
      /^There is no redis-server on the PATH: .* are left out\..*install it \(Debian, Ubuntu: .*\)\.$/,
    );
    expect(chromium).to.include('no chromium').and.include('`sudo apt install chromium`');
    expect(moto).to.include('no moto_server').and.include("`pipx install 'moto[server]'`");
    expect(others).to.deep.equal([]);
    expect(missingForTests((program) => !['redis-server', 'chromium'].includes(program))).to.deep.equal([]);
  });

  it('takes Node 20 and newer', () => {
    expect(nodeMajorOf('v24.1.0')).to.equal(24);
    expect(nodeProblem('v20.0.0')).to.equal(undefined);
    expect(nodeProblem('v18.20.1')).to.match(/Node 20 or newer, and this is v18.20.1/);
  });
});

describe('what is installed', () => {
  const wanted = {
    '': { version: '1.0.0' },
    'packages/a': { version: '1.0.0' },
    'node_modules/a': { resolved: 'packages/a', link: true },
    'node_modules/b': { version: '2.0.0' },
    'node_modules/b/node_modules/c': { version: '3.0.0' },
    'node_modules/only-on-another-system': { version: '1.0.0', optional: true },
  };
  const { '': _root, 'node_modules/only-on-another-system': _other, ...installed } = wanted;
  const all = () => true;

  it('has no problem if it matches the lock file, without the packages of other systems', () => {
    expect(installProblem(wanted, installed, { exists: all })).to.equal(undefined);
  });

  it('has a problem if a package is missing', () => {
    expect(installProblem(wanted, {}, { exists: all })).to.equal('node_modules/a is missing');
  });

  it('has a problem if an optional package is missing that this system needs', () => {
    const needed = 'node_modules/only-on-another-system';
    expect(installProblem(wanted, installed, { exists: all, needed })).to.equal(`${needed} is missing`);
  });

  it('has a problem if a folder was removed later', () => {
    const exists = (path) => path !== 'node_modules/b/node_modules/c';
    expect(installProblem(wanted, installed, { exists })).to.equal('node_modules/b/node_modules/c is missing');
  });

  it('has a problem if a version differs', () => {
    const older = { ...installed, 'node_modules/b': { version: '1.9.0' } };
    expect(installProblem(wanted, older, { exists: all })).to.equal('node_modules/b is 1.9.0, not 2.0.0');
  });
});

describe('the commands', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  /** Scripts that need only the machine's own Node. */
  const alone = ['postinstall', 'native', 'reset'];
  const isHook = (name) => name.startsWith('pre') && scripts[name.slice('pre'.length)] !== undefined;
  const commands = Object.keys(scripts).filter((name) => !isHook(name) && ![...alone, 'start'].includes(name));

  for (const name of commands) {
    it(`first install whatever is missing: npm run ${name}`, () => {
      expect(scripts[`pre${name}`]).to.match(
        /^node scripts\/install-missing\.mjs( tables)?( programs-for-tests)?( && |$)/,
      );
    });
  }

  describe('npm start', () => {
    const root = mkdtempSync(join(tmpdir(), 'weir-'));
    const bin = join(root, 'bin');
    before(() => {
      // A machine on which nothing is installed, and whose node only says what it is asked to run.
      const source = new URL('..', import.meta.url).pathname;
      for (const file of ['package.json', 'scripts/start.sh', 'packages/local/src/npm-start/start-help.txt']) {
        mkdirSync(dirname(join(root, file)), { recursive: true });
        copyFileSync(join(source, file), join(root, file));
      }
      mkdirSync(bin);
      writeFileSync(join(bin, 'node'), '#!/bin/sh\necho "node $*"\n', { mode: 0o755 });
    });
    after(() => rmSync(root, { recursive: true }));
    const start = (...args) =>
      spawnSync('sh', ['-c', `${scripts.start} "$@"`, 'sh', ...args], {
        cwd: root,
        env: { PATH: `${bin}:/usr/bin:/bin` },
        encoding: 'utf8',
      }).stdout;

    it('first installs whatever is missing, and hands its arguments on', () => {
      expect(start('--empty', '--port-offset', '100')).to.equal(
        'node scripts/install-missing.mjs tables\nnode packages/local/src/npm-start/main.ts --empty --port-offset 100\n',
      );
    });

    for (const args of [['--help'], ['-h'], ['--empty', '--help']]) {
      it(`installs nothing for ${args.join(' ')}, and shows the options`, () => {
        expect(start(...args)).to.match(/^Usage: npm start -- .*\n(.*\n)+ +--port-offset N/);
      });
    }
  });
});
