import { text } from '@weir/config';
import { createSecretReader } from '@weir/config/secrets';
import { CURSOR_SECRET_TTL_MS, type Cursors, createCursors } from '../http/requests/cursor.ts';

/** What a stage says of the secret that signs its cursors. */
export const cursorFields = { cursorSecret: text('WEIR_CURSOR_SECRET') };

/** Cursors signed by the stage's secret, which is read when the first of them is signed or opened. */
export function createStageCursors({ cursorSecret }: { readonly cursorSecret: string }): Cursors {
  const readSecret = createSecretReader({ ttlMs: CURSOR_SECRET_TTL_MS });
  return createCursors({ secret: () => readSecret(cursorSecret) });
}
