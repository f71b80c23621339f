import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import type { Changes } from './services-to-deploy.ts';

const COMMIT = /^[0-9a-f]{40}$/;
const HASH_LENGTH = 40;

/** Asks git and Lerna about the checkout at `root`. Undefined for a commit that the checkout does not know. */
export function createChangesSince(root: string): (commit: string) => Changes | undefined {
  const known = new Map<string, Changes | undefined>();
  return (commit) => {
    if (!known.has(commit)) known.set(commit, isKnown(root, commit) ? readChanges(root, commit) : undefined);
    return known.get(commit);
  };
}

/** Tells whether the checkout at `root` comes before a commit: `commit` has everything that it has, and more. */
export function createIsBefore(root: string): (commit: string) => boolean {
  return (commit) => {
    const known = commit.slice(0, HASH_LENGTH);
    if (!isKnown(root, known) || run(root, 'git', ['rev-parse', 'HEAD']).trim() === known) return false;
    return succeeds(root, ['merge-base', '--is-ancestor', 'HEAD', known]);
  };
}

/** After a force push, the commit may be missing. */
function isKnown(root: string, commit: string): boolean {
  return COMMIT.test(commit) && succeeds(root, ['cat-file', '-e', `${commit}^{commit}`]);
}

function succeeds(cwd: string, args: readonly string[]): boolean {
  return spawnSync('git', args, { cwd, stdio: 'ignore' }).status === 0;
}

function readChanges(root: string, commit: string): Changes {
  const files = run(root, 'git', ['diff', '--name-only', commit, 'HEAD']).split('\n').filter(Boolean);
  const lerna = createRequire(import.meta.url).resolve('lerna/dist/cli.js');
  // It hides private workspaces without --all.
  const args = [lerna, 'ls', '--all', '--json', '--since', commit, '--loglevel', 'silent'];
  const workspaces = JSON.parse(run(root, process.execPath, args)) as readonly { readonly name: string }[];
  return { files, workspaces: workspaces.map(({ name }) => name) };
}

function run(cwd: string, command: string, args: readonly string[]): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8' });
}
