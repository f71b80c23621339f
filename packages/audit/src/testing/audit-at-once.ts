import { MemoryObjectStore } from '@weir/archive/memory';
import { type ArchiveSources, createArchiveReader, type LogHead } from '@weir/archive/reading';
import type { BucketDifference } from '@weir/dynamodb/audits';
import { DAY_MS } from '../cells/time.ts';
import type { AuditedStore } from '../checkpoint/audit-deps.ts';
import { firstCheckpoint, isComplete } from '../checkpoint/checkpoint.ts';
import { readDifferences } from '../checkpoint/read-differences.ts';
import type { LostObject } from '../lines/fold-piece.ts';
import { runAudit } from '../run/run-audit.ts';

/** What an audit found. */
export interface AuditFindings {
  readonly buckets: readonly BucketDifference[];
  readonly lost: readonly LostObject[];
  readonly heads: readonly LogHead[];
  /** The arrival up to which everything is compared; undefined before the first event and the first sweep. */
  readonly asOf: number | undefined;
}

export interface AuditAtOnce {
  /** Epoch milliseconds: the UTC days that these times touch are audited. */
  readonly from: number;
  readonly to: number;
  /** A small one makes many files. */
  readonly maxBytes?: number;
  /** Each call of the audit makes one step. */
  readonly isStepwise?: boolean;
}

/** Audits whole UTC days, with a work folder in memory. For tests. */
export async function auditAtOnce(
  { store, objects }: ArchiveSources & { readonly store: AuditedStore },
  { from, to, maxBytes = Number.POSITIVE_INFINITY, isStepwise = false }: AuditAtOnce,
): Promise<AuditFindings> {
  const files = new MemoryObjectStore(() => 0);
  let names = 0;
  const deps = {
    store,
    archive: createArchiveReader({ store, objects }),
    work: { files, newKey: (name: string) => `${name}-${names++}` },
    now: () => 0,
    maxBytes,
  };
  const span = { from: Math.floor(from / DAY_MS), to: Math.ceil(to / DAY_MS) };
  let checkpoint = firstCheckpoint(span);
  do checkpoint = JSON.parse(JSON.stringify(await runAudit(deps, checkpoint, isStepwise ? 0 : 1)));
  while (!isComplete(checkpoint));
  const buckets: BucketDifference[] = [];
  const range = { from: span.from * DAY_MS, to: span.to * DAY_MS };
  for await (const difference of readDifferences(files, checkpoint, range)) buckets.push(difference);
  const { heads = [], asOf } = checkpoint.end ?? {};
  return { buckets, lost: checkpoint.lost, heads, asOf };
}
