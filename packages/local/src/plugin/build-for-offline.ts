/** How functions are built under `serverless offline`, where it differs from a package for AWS. */
const OFFLINE_BUILD = {
  // A stack, and a debugger, show the lines of the TypeScript. The sources are on this machine, so the maps do without.
  minify: false,
  sourcemap: 'linked',
  sourcesContent: false,
  // `serverless package` empties its own folder at the end. A running function loads chunks from this one at any time.
  outputWorkFolder: '.esbuild-offline',
  // bundles/ says what is broken.
  logLevel: 'silent',
} as const;

/** The part of a service that is changed. */
export interface BuiltService {
  custom?: Record<string, unknown>;
}

/**
 * Builds for a developer if the command is `offline`, and leaves packages for AWS as they are, of the stage local too. It must
 * run before a bundler reads its settings.
 */
export function buildForOffline(service: BuiltService, commands: readonly string[]): void {
  const esbuild = service.custom?.esbuild;
  if (commands[0] !== 'offline' || typeof esbuild !== 'object') return;
  service.custom = { ...service.custom, esbuild: { ...esbuild, ...OFFLINE_BUILD } };
}
