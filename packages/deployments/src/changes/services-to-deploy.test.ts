import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { createChangesSince, createIsBefore } from './changes-since.ts';
import { SERVICES, servicesToDeploy } from './services-to-deploy.ts';

const DEPENDENCIES: Readonly<Record<string, readonly string[]>> = {
  'packages/logging': [],
  'packages/archive': ['logging'],
  'packages/producer': [],
  'services/ingest-stream': ['logging'],
  'services/reports': ['archive'],
  'services/notifications': [],
  'services/api': ['logging'],
};

describe('the services to deploy', function () {
  this.timeout(60_000);
  let root: string;
  let first: string;

  before(() => {
    root = mkdtempSync(join(tmpdir(), 'weir-history-'));
    git('init', '-q', '-b', 'main');
    const workspace = (dir: string) => ({
      ...{ name: `@weir/${dir.split('/')[1]}`, version: '0.1.0', private: true },
      dependencies: Object.fromEntries(DEPENDENCIES[dir]?.map((name) => [`@weir/${name}`, '0.1.0']) ?? []),
    });
    first = commit({
      ...{ 'package.json': JSON.stringify({ name: 'weir', private: true, workspaces: ['packages/*', 'services/*'] }) },
      ...{ 'lerna.json': JSON.stringify({ version: 'independent' }), 'serverless.common.yml': '', 'docs/a.md': '' },
      // Lerna keeps a cache there.
      '.gitignore': 'node_modules/\n',
      ...Object.fromEntries(
        Object.keys(DEPENDENCIES).map((dir) => [`${dir}/package.json`, JSON.stringify(workspace(dir))]),
      ),
    });
  });

  after(() => rmSync(root, { recursive: true }));

  function git(...args: string[]): string {
    const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...who, ...args], { cwd: root, encoding: 'utf8' }).trim();
  }

  function commit(files: Readonly<Record<string, string>>): string {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    git('add', '-A');
    git('commit', '-q', '-m', 'a change');
    return git('rev-parse', 'HEAD');
  }

  function toDeploy(deployed: Readonly<Record<string, string>>): readonly string[] | undefined {
    return servicesToDeploy({ deployed, changesSince: createChangesSince(root) });
  }

  const all = (sha: string) => Object.fromEntries(SERVICES.map((service) => [service, sha]));
  const changes: readonly [string, string, readonly string[]][] = [
    ['the one whose files changed', 'services/notifications/src/a.ts', ['notifications']],
    ['those that depend on a changed package', 'packages/logging/src/a.ts', ['ingest-stream', 'reports', 'api']],
    ['none, when only a package changed that no service needs', 'packages/producer/src/a.ts', []],
    ['all, when what they share changed', 'serverless.common.yml', SERVICES],
    ['all, when an unknown file was added', 'something.new', SERVICES],
    ['none, when only docs changed', 'docs/a.md', []],
    ['none, when only tests changed', 'tests/a.test.ts', []],
  ];
  for (const [name, file, expected] of changes) {
    it(`are ${name}`, () => {
      git('reset', '-q', '--hard', first);
      commit({ [file]: 'changed' });
      expect(toDeploy(all(first))).to.deep.equal(expected);
    });
  }

  it('are none, when the stage runs this commit', () => {
    expect(toDeploy(all(git('rev-parse', 'HEAD')))).to.deep.equal([]);
  });

  it('are those that a failed or cancelled run has left, although only docs changed since', () => {
    git('reset', '-q', '--hard', first);
    const second = commit({ 'services/reports/src/a.ts': '2', 'services/api/src/a.ts': '2' });
    commit({ 'docs/a.md': '3' });
    // It deployed reports, and failed at api.
    expect(toDeploy({ ...all(first), reports: second })).to.deep.equal(['api']);
  });

  it('are those that run what came later, when a checkout goes back', () => {
    git('reset', '-q', '--hard', first);
    const later = commit({ 'services/api/src/a.ts': '2' });
    git('reset', '-q', '--hard', first);
    expect(toDeploy({ ...all(first), api: later })).to.deep.equal(['api']);
  });

  it('are not asked of a stage that a later commit has reached, unless somebody goes back', () => {
    git('reset', '-q', '--hard', first);
    const later = commit({ 'services/api/src/a.ts': '2' });
    const forward = (commits: Readonly<Record<string, string>>) =>
      servicesToDeploy({ deployed: commits, changesSince: createChangesSince(root), isBefore: createIsBefore(root) });
    expect(forward(all(first))).to.deep.equal(['api']);
    expect(forward(all(later))).to.deep.equal([]);
    git('reset', '-q', '--hard', first);
    expect(forward({ ...all(first), api: later })).to.equal(undefined);
    expect(forward({ ...all(first), api: `${later}+changes` })).to.equal(undefined);
    expect(toDeploy({ ...all(first), api: later })).to.deep.equal(['api']);
  });

  it('are those of which nobody knows what the stage runs', () => {
    git('reset', '-q', '--hard', first);
    const { api: _never, ...others } = all(first);
    expect(toDeploy(others)).to.deep.equal(['api']);
    expect(toDeploy({ ...all(first), api: `${first}+changes` })).to.deep.equal(['api']);
    expect(toDeploy({ ...all(first), api: '0'.repeat(40) })).to.deep.equal(['api']);
    expect(toDeploy({ ...all(first), api: '--output=x' })).to.deep.equal(['api']);
  });
});
