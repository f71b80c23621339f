import type { LiveConnection } from './live-connection.ts';
import type { LiveQuery, LiveRow } from './messages.ts';
import { RowInbox } from './row-inbox.ts';

/**
 * The rows of some actions: those that are there, and then each one as it changes. Rows are whole, and none of a bucket
 * comes after one that counts more. Ends when the reader leaves the loop. Throws `LiveError`, `ProblemError` if the key
 * is refused, or the reason of the signal; a connection that is lost is opened again.
 */
export async function* liveRows(
  connection: LiveConnection,
  query: LiveQuery,
  signal?: AbortSignal,
): AsyncGenerator<LiveRow, never, undefined> {
  signal?.throwIfAborted();
  const inbox = new RowInbox();
  const abort = () => inbox.fail(signal?.reason);
  signal?.addEventListener('abort', abort);
  const end = connection.subscribe(query, inbox);
  try {
    for (;;) yield await inbox.next();
  } finally {
    signal?.removeEventListener('abort', abort);
    end();
  }
}
