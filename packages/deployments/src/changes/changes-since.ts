import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import type { Changes } from './services-to-deploy.ts';

const COMMIT = /^[0-9a-f]{40}$/;

/** Asks git and Lerna about the checkout at `root`. Undefined for a commit that the checkout does not know. */
export function createChangesSince(root: string): (commit: string) => Changes | undefined {
  const known = new Map<string, Changes | undefined>();
  return (commit) => {
    if (!known.has(commit)) known.set(commit, isKnown(root, commit) ? readChanges(root, commit) : undefined);
    return known.get(commit);
  };
}

/** After a force push, the commit may be missing. */
function isKnown(root: string, commit: string): boolean {
  if (!COMMIT.test(commit)) return false;
  try {
    execFileSync('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: root, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
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
