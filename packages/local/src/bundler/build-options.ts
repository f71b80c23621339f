import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';

/** Settings of `custom.esbuild` that are not esbuild's own. */
const OF_BUNDLER = ['exclude', 'outputFileExtension', 'outputWorkFolder', 'plugins', 'watch', 'write', 'packager'];

/** `custom.esbuild` of a service. */
export type BundlerSettings = Readonly<Record<string, unknown>>;

/** Where a bundle comes from and goes. */
export interface BundlePlaces {
  readonly serviceDir: string;
  /** The folder below which bundles stand as their sources do below the service. */
  readonly buildDir: string;
  /** The source of the function, from the folder of the service. */
  readonly entry: string;
}

/** esbuild's options for one function, as serverless-esbuild makes them from the same settings when it packages. */
export function buildOptions(
  settings: BundlerSettings,
  { serviceDir, buildDir, entry }: BundlePlaces,
): BuildOptions & { readonly write: false } {
  const { exclude = [], outputFileExtension = '.js', plugins } = settings;
  const own = Object.fromEntries(Object.entries(settings).filter(([name]) => !OF_BUNDLER.includes(name)));
  const external = [...((own.external as string[] | undefined) ?? []), ...(exclude as string[])];
  return {
    ...own,
    external,
    plugins: [...loadPlugins(plugins, serviceDir)],
    outExtension: { '.js': String(outputFileExtension) },
    entryPoints: [entry],
    outdir: join(buildDir, dirname(entry)),
    absWorkingDir: serviceDir,
    write: false,
  };
}

/** serverless-esbuild takes the path of a CommonJS module, or the plugins themselves. */
function loadPlugins(plugins: unknown, serviceDir: string): readonly Plugin[] {
  if (typeof plugins !== 'string') return (plugins as readonly Plugin[] | undefined) ?? [];
  return createRequire(join(serviceDir, 'package.json'))(join(serviceDir, plugins));
}
