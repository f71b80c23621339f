import { appendFileSync, readFileSync } from 'node:fs';
import type { Grant, Need } from '../policy/policy.ts';
import type { OnNeed } from '../rights.ts';

/** One line of the record: what a role was asked for. */
export interface RecordedNeed extends Omit<Need, 'keyUses'> {
  readonly role: string;
  /** The file of the test that ran. */
  readonly test: string | undefined;
}

/** A whole run asks for a few hundred different things. More than this would be a fault of the record. */
const MAX_LINES = 5_000;

/**
 * Appends what roles are asked for to a file, without repetitions: two needs that the same grants allow tell nothing
 * different about these grants. Several processes may append to one file.
 */
export function recordNeeds(file: string): OnNeed {
  const known = new Set<string>();
  const nameOf = createNames();
  return (role, { action, resource, context }, grants) => {
    const names = grants.length === 0 ? nameOfNothing(resource) : grants.map(nameOf).join(' ');
    const id = [role, action, names].join(' ');
    if (known.has(id) || known.size >= MAX_LINES) return;
    known.add(id);
    const line: RecordedNeed = { role, action, resource, ...(context && { context }), test: runningTest(file) };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  };
}

/** The file that names the test file which runs, beside the record. */
export function testFileOf(record: string): string {
  return `${record}.test`;
}

/** Names grants by themselves: statements of a role may differ in their conditions alone. */
function createNames(): (grant: Grant) => number {
  const names = new Map<Grant, number>();
  return (grant) => {
    const name = names.get(grant) ?? names.size;
    names.set(grant, name);
    return name;
  };
}

/**
 * What nothing allows, or what a role is asked for that is not known, is told apart by its resource: objects of S3 by
 * the first part of their keys.
 */
function nameOfNothing(resource = '*'): string {
  return `nothing ${resource.split('/').slice(0, 2).join('/')}`;
}

function runningTest(record: string): string | undefined {
  try {
    return readFileSync(testFileOf(record), 'utf8');
  } catch {
    return undefined;
  }
}
