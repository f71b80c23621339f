import { text } from '@weir/config';
import { createSecretReader } from '@weir/config/secrets';
import { CURSOR_SECRET_TTL_MS, type Cursors, createCursors } from '../http/requests/cursor.ts';

/** The stage's setting for the secret that signs cursors. */
export const cursorFields = { cursorSecret: text('WEIR_CURSOR_SECRET') };

/** Cursors signed with the stage's secret, which is read at the first use. */
export function createStageCursors({ cursorSecret }: { readonly cursorSecret: string }): Cursors {
  const readSecret = createSecretReader({ ttlMs: CURSOR_SECRET_TTL_MS });
  return createCursors({ secret: () => readSecret(cursorSecret) });
}
