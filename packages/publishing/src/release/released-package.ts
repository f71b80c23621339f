import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { addSection, type Commit, changelogSection, hasSection } from './changelog.ts';

/** The packages that npm has, and the folders from which each is built. */
export const RELEASED: Readonly<Record<string, readonly string[]>> = {
  client: ['packages/client'],
  producer: ['packages/producer', 'packages/events'],
};

const VERSION = /^\d+\.\d+\.\d+$/;
/** Between the parts of a commit, and after it: no commit has them. */
const [FIELD, RECORD] = ['\u001f', '\u001e'];

export interface Release {
  /** A name of `RELEASED`. */
  readonly name: string;
  readonly version: string;
}

/** The release that a tag like `client-v1.2.0` names. Throws an Error with one sentence if it names none. */
export function releaseOf(tag: string): Release {
  const [, name = '', version = ''] = /^([a-z]+)-v(.+)$/.exec(tag) ?? [];
  return checked({ name, version });
}

/**
 * Writes a release into the package's folder in the checkout at `root`: its version, there and in the lock file, and the
 * section of its changelog, from the commits since its last tag. `date` is the day of it.
 */
export function prepareRelease(root: string, release: Release, date: string): void {
  const { name, version } = checked(release);
  const file = join(root, `packages/${name}/CHANGELOG.md`);
  const changelog = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (hasSection(changelog ?? '', version)) throw new Error(`${name} ${version} is in its changelog already`);
  const scopes = (RELEASED[name] ?? []).map((folder) => basename(folder));
  const section = changelogSection({ version, date, scopes, commits: commitsSinceLast(root, name) });
  if (section === undefined) throw new Error(`nothing of ${name} has changed for its users since its last release`);
  writeFileSync(file, addSection(changelog, section));
  setVersion(join(root, `packages/${name}/package.json`), `"name": "@weir/${name}"`, version);
  setVersion(join(root, 'package-lock.json'), `"packages/${name}": {\n      "name": "@weir/${name}"`, version);
}

/** Throws an Error with one sentence if the checkout at `root` is not this release. */
export function checkRelease(root: string, { name, version }: Release): void {
  const read = (file: string) => readFileSync(join(root, `packages/${name}`, file), 'utf8');
  const own = (JSON.parse(read('package.json')) as { version: string }).version;
  if (own !== version) throw new Error(`the tag is of ${name} ${version}, and its package.json of ${own}`);
  if (!hasSection(read('CHANGELOG.md'), version)) throw new Error(`the changelog of ${name} has no ${version}`);
}

function checked(release: Release): Release {
  const { name, version } = release;
  if (RELEASED[name] === undefined) {
    throw new Error(`there is no package ${JSON.stringify(name)}: name one of ${Object.keys(RELEASED).join(', ')}`);
  }
  if (!VERSION.test(version)) throw new Error(`${JSON.stringify(version)} is no version, like 1.2.0`);
  return release;
}

function commitsSinceLast(root: string, name: string): readonly Commit[] {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
  const [last] = git('tag', '--merged', 'HEAD', '--list', `${name}-v*`, '--sort=-v:refname').split('\n');
  const range = last ? `${last}..HEAD` : 'HEAD';
  const format = `--format=%H${FIELD}%s${FIELD}%b${RECORD}`;
  const records = git('log', '--no-merges', format, range, '--', ...(RELEASED[name] ?? [])).split(RECORD);
  return records.slice(0, -1).map((record) => {
    const [hash = '', subject = '', body = ''] = record.trim().split(FIELD);
    return { hash, subject, body };
  });
}

/** Changes the version that follows `after` in a JSON file, and nothing else of it. */
function setVersion(file: string, after: string, version: string): void {
  const text = readFileSync(file, 'utf8');
  const at = text.indexOf(after);
  if (at < 0) throw new Error(`${file} does not have ${after}`);
  const rest = text.slice(at).replace(/"version": "[^"]*"/, `"version": "${version}"`);
  writeFileSync(file, text.slice(0, at) + rest);
}
