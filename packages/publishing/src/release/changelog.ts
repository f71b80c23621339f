/** A commit, as `type(scope): subject`. */
export interface Commit {
  readonly hash: string;
  readonly subject: string;
  readonly body: string;
}

export interface Section {
  readonly version: string;
  /** The day, as 2026-12-01. */
  readonly date: string;
  readonly commits: readonly Commit[];
  /** The scopes of commits that are told; a commit of another scope touched the package by the way, unless it is breaking. */
  readonly scopes: readonly string[];
}

const SUBJECT = /^(?<type>[a-z]+)(?:\((?<scope>[^)]*)\))?(?<isBreaking>!)?: (?<text>.+)$/;
/** What a user of a package cares about; commits of other types are left out. */
const TITLES: Readonly<Record<string, string>> = { feat: 'New', fix: 'Fixed', perf: 'Faster' };
const BREAKING = 'Breaking';
const INTRODUCTION = '# Changes\n';

/** The text of a version in a changelog; undefined if none of the commits changes anything for a user. */
export function changelogSection({ version, date, commits, scopes }: Section): string | undefined {
  const lines = commits.flatMap((commit) => lineOf(commit, scopes));
  if (lines.length === 0) return undefined;
  const parts = [BREAKING, ...Object.values(TITLES)].flatMap((title) => {
    const own = lines.filter((line) => line.title === title);
    return own.length === 0 ? [] : ['', `### ${title}`, '', ...own.map(({ text }) => text)];
  });
  return [`## ${version} (${date})`, ...parts, ''].join('\n');
}

/** A changelog with a new section on top. */
export function addSection(changelog: string | undefined, section: string): string {
  const older = (changelog ?? INTRODUCTION).slice(INTRODUCTION.length);
  return `${INTRODUCTION}\n${section}${older}`;
}

/** Whether a changelog has a section of a version. */
export function hasSection(changelog: string, version: string): boolean {
  return changelog.split('\n').some((line) => line.startsWith(`## ${version} (`));
}

interface Line {
  readonly title: string;
  readonly text: string;
}

function lineOf({ hash, subject, body }: Commit, scopes: readonly string[]): readonly Line[] {
  const { type = '', scope, isBreaking, text } = SUBJECT.exec(subject)?.groups ?? {};
  const title = isBreaking || /^BREAKING[ -]CHANGE:/m.test(body) ? BREAKING : TITLES[type];
  const isTold = title === BREAKING || scope === undefined || scopes.includes(scope);
  return title === undefined || text === undefined || !isTold
    ? []
    : [{ title, text: `- ${text} (${hash.slice(0, 8)})` }];
}
