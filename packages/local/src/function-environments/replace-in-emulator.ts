import { existsSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Modules of the emulator, and what takes their place. */
const REPLACED = {
  'lambda/handler-runner/index.js': './handler-runner.ts',
  'lambda/routes/invocations/InvocationsController.js': './invocations-controller.ts',
};

/** Puts our environments of functions into the serverless-offline of this process. Call it before the emulator starts. */
export function replaceInEmulator(): void {
  const src = dirname(createRequire(import.meta.url).resolve('serverless-offline'));
  const replaced = new Map(
    Object.entries(REPLACED).map(([theirs, ours]) => {
      const file = join(src, theirs);
      if (!existsSync(file)) throw new Error(`serverless-offline has no ${theirs}`);
      return [pathToFileURL(file).href, new URL(ours, import.meta.url).href];
    }),
  );
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const ours = replaced.get(resolved.url);
      return ours === undefined ? resolved : next(ours, context);
    },
  });
}
