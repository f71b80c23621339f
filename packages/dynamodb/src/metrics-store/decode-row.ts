import { rowKey } from './keys.ts';
import type { StoredRow } from './metrics-store.ts';

/** Bytes of a row that no version of Weir writes. Only somebody who puts back the row of a backup can mend that. */
export class UnreadableRow extends Error {
  override readonly name = 'UnreadableRow';
}

/** Decodes the body of a row. Throws `UnreadableRow`, which names the row, if that fails. */
export function decodeRow<Body>({ key, body }: StoredRow, decode: (body: Uint8Array) => Body): Body {
  try {
    return decode(body);
  } catch (error) {
    const { pk, sk } = rowKey(key);
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableRow(`the row with pk ${pk} and sk ${sk} cannot be read: ${reason}`, { cause: error });
  }
}
