import { spawnSync } from 'node:child_process';
import { DOCUMENT_FILE, EVENT_FILE, LIVE_FILE, WEBHOOKS_FILE } from './contract-paths.ts';
import { type ComparedDocument, documentBreaks } from './document-breaks.ts';
import { type EventContract, eventBreaks } from './event-breaks.ts';
import { type MessagesContract, messagesBreaks } from './messages-breaks.ts';
import type { Pair } from './schemas/schema-breaks.ts';

/** A contract that is broken, and how. */
export interface BrokenContract {
  readonly title: string;
  readonly breaks: readonly string[];
}

/** An OpenAPI document has megabytes at most. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Compares the contracts of the repository at `root` between a commit and HEAD. Throws an Error with one sentence if the
 * repository does not know the commit.
 */
export function commitBreaks(root: string, commit: string): readonly BrokenContract[] {
  if (git(root, 'cat-file', '-e', `${commit}^{commit}`) === undefined) {
    throw new Error(`the commit ${commit} is not known here: fetch it, or name another one`);
  }
  const read = <T>(file: string, compare: (pair: Pair<T>) => readonly string[]) => {
    const base = git(root, 'show', `${commit}:${file}`);
    const head = git(root, 'show', `HEAD:${file}`);
    // A commit from before there were contracts promised nothing.
    if (base === undefined) return [];
    if (head === undefined) return [`${file} is gone: npm run contracts writes it`];
    return compare({ base: JSON.parse(base), head: JSON.parse(head) });
  };
  const all = [
    { title: 'The API', breaks: read<ComparedDocument>(DOCUMENT_FILE, documentBreaks) },
    { title: 'The event', breaks: read<EventContract>(EVENT_FILE, eventBreaks) },
    { title: 'Webhooks', breaks: read<MessagesContract>(WEBHOOKS_FILE, messagesBreaks) },
    { title: 'The live push', breaks: read<MessagesContract>(LIVE_FILE, messagesBreaks) },
  ];
  return all.filter(({ breaks }) => breaks.length > 0);
}

/** What git prints; undefined if it fails. */
function git(cwd: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8', maxBuffer: MAX_BYTES });
  return status === 0 ? stdout : undefined;
}
