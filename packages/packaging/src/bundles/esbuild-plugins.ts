import { basename, extname } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Puts the chunks of a function, which it loads when it needs them, into a folder that has the name of its bundle with
 * a dot after it: serverless-esbuild leaves folders of this form out of every other function's zip.
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
