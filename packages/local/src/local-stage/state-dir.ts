import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const ROOT_DIR = fileURLToPath(new URL('../../../../', import.meta.url));

/** Where state, logs and `local.json` are kept; a test sets another folder. */
export const stateDir = resolve(process.env.WEIR_STATE_DIR ?? join(ROOT_DIR, '.weir'));
