import { basename, extname } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Puts the chunks of a function, which it loads once it needs them, into a folder that is named as its bundle is, with a
 * dot after it: serverless-esbuild leaves what looks so out of every other function's zip.
 */
export const ownChunks: Plugin = {
  name: 'own-chunks',
  setup({ initialOptions }) {
    const [entry] = initialOptions.entryPoints as readonly string[];
    if (entry === undefined) throw new Error('a bundle has an entry point');
    initialOptions.chunkNames = `${basename(entry, extname(entry))}.chunks/[name]-[hash]`;
  },
};

const plugins: readonly Plugin[] = [ownChunks];

// serverless-esbuild reads it from CommonJS.
export { plugins as 'module.exports' };
