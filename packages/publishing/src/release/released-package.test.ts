import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { checkRelease, prepareRelease, RELEASED, releaseOf } from './released-package.ts';

const REPOSITORY = join(import.meta.dirname, '../../../..');
const DAY = '2026-12-01';

describe('a release', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'weir-release-'));
    git('init', '-q', '-b', 'main');
    const lock =
      '{\n  "packages": {\n    "packages/client": {\n      "name": "@weir/client",\n      "version": "0.1.0"\n';
    const producer =
      '    },\n    "packages/producer": {\n      "name": "@weir/producer",\n      "version": "0.1.0"\n    }\n  }\n}\n';
    write('package-lock.json', lock + producer);
    for (const name of ['client', 'producer']) {
      write(`packages/${name}/package.json`, `{\n  "name": "@weir/${name}",\n  "version": "0.1.0"\n}\n`);
    }
    commit('README.md', 'chore: a beginning');
    commit('packages/client/a.ts', 'feat(client): the first thing');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function git(...args: string[]): string {
    const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...who, ...args], { cwd: root, encoding: 'utf8' }).trim();
  }

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }

  function commit(file: string, ...message: string[]): string {
    write(file, message.join());
    git('add', '-A');
    git('commit', '-q', ...message.flatMap((part) => ['-m', part]));
    return git('rev-parse', '--short=8', 'HEAD');
  }

  const read = (file: string) => readFileSync(join(root, file), 'utf8');

  it('has what changed for users since the last one, and nothing of other folders', () => {
    prepareRelease(root, { name: 'client', version: '0.1.0' }, '2026-11-01');
    commit('README.md', 'chore(client): a release');
    git('tag', 'client-v0.1.0');
    const fix = commit('packages/client/b.ts', 'fix(client): a page is sent once');
    commit('packages/client/c.ts', 'test(client): more');
    commit('packages/events/d.ts', 'feat(events): not in the client');
    commit('packages/client/g.ts', 'feat(api): an operation has another summary');
    const gone = commit('packages/client/e.ts', 'feat(client)!: options have other names');
    const other = commit('packages/client/f.ts', 'perf(client): fewer bytes', 'BREAKING CHANGE: Node 20 is gone');
    prepareRelease(root, { name: 'client', version: '0.2.0' }, DAY);
    expect(read('packages/client/CHANGELOG.md')).to.match(
      new RegExp(
        `^# Changes\\n\\n## 0\\.2\\.0 \\(${DAY}\\)\\n\\n### Breaking\\n\\n` +
          `- fewer bytes \\(${other}\\)\\n- options have other names \\(${gone}\\)\\n\\n` +
          `### Fixed\\n\\n- a page is sent once \\(${fix}\\)\\n\\n## 0\\.1\\.0 \\(2026-11-01\\)\\n\\n### New\\n`,
      ),
    );
  });

  it('writes its version into the package and the lock file, and into no other', () => {
    prepareRelease(root, { name: 'client', version: '0.2.0' }, DAY);
    expect(JSON.parse(read('packages/client/package.json'))).to.include({ version: '0.2.0' });
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { version: string }> };
    expect(packages['packages/client']?.version).to.equal('0.2.0');
    expect(packages['packages/producer']?.version).to.equal('0.1.0');
  });

  it('has the changes of what is built into the package', () => {
    commit('packages/events/a.ts', 'fix(events): an odd event is refused');
    prepareRelease(root, { name: 'producer', version: '0.1.0' }, DAY);
    expect(read('packages/producer/CHANGELOG.md')).to.include('an odd event is refused').and.not.include('first thing');
  });

  it('is refused without a change, twice, or with a wrong name or version', () => {
    const release = (name: string, version: string) => () => prepareRelease(root, { name, version }, DAY);
    expect(release('producer', '0.2.0')).to.throw(/^nothing of producer has changed/);
    expect(release('server', '0.2.0')).to.throw(/name one of client, producer/);
    expect(release('client', '2')).to.throw(/"2" is no version/);
    release('client', '0.2.0')();
    expect(release('client', '0.2.0')).to.throw(/is in its changelog already/);
  });

  it('is what its tag names', () => {
    const release = releaseOf('client-v0.2.0');
    expect(release).to.deep.equal({ name: 'client', version: '0.2.0' });
    expect(() => checkRelease(root, release)).to.throw(/^the tag is of client 0.2.0, and its package.json of 0.1.0$/);
    prepareRelease(root, release, DAY);
    checkRelease(root, release);
    write('packages/client/CHANGELOG.md', '# Changes\n');
    expect(() => checkRelease(root, release)).to.throw(/has no 0.2.0$/);
    for (const tag of ['v0.2.0', 'client-0.2.0', 'client-v0.2', 'server-v0.2.0', '../x-v0.2.0']) {
      expect(() => releaseOf(tag), tag).to.throw();
    }
  });

  it('counts the changes of every package that is built into one', () => {
    for (const [name, folders] of Object.entries(RELEASED)) {
      const sources = globSync(`packages/${name}/src/**/*.ts`, { cwd: REPOSITORY }).filter(
        (file) => !/\.test\.ts$|\/testing\//.test(file),
      );
      const built = sources.flatMap((file) =>
        [...readFileSync(join(REPOSITORY, file), 'utf8').matchAll(/from '@weir\/([a-z-]+)/g)].map(([, other]) => other),
      );
      expect(folders, name).to.include.members([...new Set(built)].map((other) => `packages/${other}`));
    }
  });
});
