import { createRequire } from 'node:module';
import type Sharp from 'sharp';

// In Lambda, sharp lies where NODE_PATH points. Only `require` looks there: an `import` of an ES module does not.
const require = createRequire(import.meta.url);

/** Loads sharp, whose binary belongs to the machine and so cannot be part of a bundle. */
export function loadSharp(): typeof Sharp {
  return require('sharp') as typeof Sharp;
}
