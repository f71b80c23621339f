import type { LogStore, RowStore } from '@weir/dynamodb';

/** Where the reading of rows begins. It can be written as JSON. */
export interface AuditBase {
  /** The watermark of each log: every row that is read later has the entries up to it. */
  readonly watermarks: Readonly<Record<string, number>>;
  /** In order. An action that gets its first row later has only entries past the watermarks. */
  readonly actions: readonly string[];
}

/** Reads the watermarks, and then which actions have rows. */
export async function readBase(store: Pick<LogStore, 'list'> & Pick<RowStore, 'listAllTime'>): Promise<AuditBase> {
  const watermarks = Object.fromEntries((await store.list()).map(({ logId, watermark }) => [logId, watermark.number]));
  const actions = new Set((await store.listAllTime()).map(({ key }) => key.subject));
  return { watermarks, actions: [...actions].sort() };
}
