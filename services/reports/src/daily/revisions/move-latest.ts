import type { ObjectStore } from '@weir/archive';
import { latestKey, reportFileKey, type StoredReport } from '@weir/dynamodb/reports';

/** The content of `latest.json`. */
interface Latest {
  readonly id: string;
  readonly revision: number;
  /** The key of the revision's `report.json`. */
  readonly report: string;
}

/** Lets `latest.json` name a revision, unless it names that one or a later one already. */
export async function moveLatest(
  files: Pick<ObjectStore, 'find' | 'create' | 'replace'>,
  { kind, id, revision }: Pick<StoredReport, 'kind' | 'id' | 'revision'>,
): Promise<void> {
  const key = latestKey({ kind, id });
  const latest: Latest = { id, revision, report: reportFileKey({ kind, id }, revision, 'json') };
  const bytes = Buffer.from(`${JSON.stringify(latest)}\n`);
  for (;;) {
    const found = await files.find(key);
    if (found && (JSON.parse(Buffer.from(found.bytes).toString()) as Latest).revision >= revision) return;
    // Another run may have moved it since it was read: then it is read again.
    const isMoved = found ? await files.replace(key, bytes, found.tag) : await files.create(key, bytes);
    if (isMoved) return;
  }
}
