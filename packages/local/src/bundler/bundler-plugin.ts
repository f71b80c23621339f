import { createRequire } from 'node:module';
import type { BundlingServerless } from './bundling-serverless.ts';
import { levelModes } from './level-modes.ts';
import { OfflineBundler } from './offline-bundler.ts';

/**
 * Bundles functions: under `serverless offline` with OfflineBundler, and for every other command with serverless-esbuild,
 * which takes most of a second to load.
 */
function BundlerPlugin(serverless: BundlingServerless, options: object, writers: object): object {
  if (serverless.processedInput.commands[0] === 'offline') return new OfflineBundler(serverless);
  const EsbuildPlugin = createRequire(import.meta.url)('serverless-esbuild');
  const plugin = new EsbuildPlugin(serverless, options, writers);
  const { pack } = plugin;
  plugin.pack = async () => {
    await levelModes(plugin.buildDirPath);
    await pack();
  };
  return plugin;
}

// biome-ignore lint/style/noDefaultExport: osls takes the default export of a plugin's module, and no other
export default BundlerPlugin;
