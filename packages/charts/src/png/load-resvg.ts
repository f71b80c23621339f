import { createRequire } from 'node:module';
import type * as Resvg from '@resvg/resvg-js';

// In Lambda, NODE_PATH points to resvg. Only `require` looks there; an `import` of an ES module does not.
const require = createRequire(import.meta.url);

/** Loads resvg. Its binary belongs to the machine, so it cannot be part of a bundle. */
export function loadResvg(): typeof Resvg {
  return require('@resvg/resvg-js') as typeof Resvg;
}
