import { createRequire } from 'node:module';
import type { BundlingServerless } from './bundling-serverless.ts';
import { OfflineBundler } from './offline-bundler.ts';

/**
 * Bundles functions: under `serverless offline` with OfflineBundler, and for every other command with serverless-esbuild,
 * which takes most of a second to load.
 */
function BundlerPlugin(serverless: BundlingServerless, options: object, writers: object): object {
  if (serverless.processedInput.commands[0] === 'offline') return new OfflineBundler(serverless);
  const EsbuildPlugin = createRequire(import.meta.url)('serverless-esbuild');
  return new EsbuildPlugin(serverless, options, writers);
}

// biome-ignore lint/style/noDefaultExport: osls takes the default export of a plugin's module, and no other
export default BundlerPlugin;
