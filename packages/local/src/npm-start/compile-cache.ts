import { join } from 'node:path';
import { ROOT_DIR } from '../local-stage/state-dir.ts';

/**
 * Where Node keeps what it has compiled, of this process and of the services: it saves each a third of the work of starting,
 * as the framework and the emulators are much JavaScript.
 */
export const COMPILE_CACHE = join(ROOT_DIR, 'node_modules', '.cache', 'weir');
