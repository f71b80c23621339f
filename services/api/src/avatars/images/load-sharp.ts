import { createRequire } from 'node:module';
import type Sharp from 'sharp';

// In Lambda, NODE_PATH points to sharp. Only `require` looks there; an `import` of an ES module does not.
const require = createRequire(import.meta.url);

/** Loads sharp. Its binary belongs to the machine, so it cannot be part of a bundle. */
export function loadSharp(): typeof Sharp {
  return require('sharp') as typeof Sharp;
}
