import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerlessService } from './serverless-instance.ts';

const EXTENSIONS = ['ts', 'mts', 'js', 'mjs', 'cjs'];

/** Throws one sentence if a function names a handler for which there is no file. */
export function expectHandlers(service: ServerlessService, serviceDir: string): void {
  for (const key of service.getAllFunctions()) {
    const { handler } = service.getFunction(key);
    if (handler === undefined) continue;
    const path = handler.slice(0, handler.lastIndexOf('.'));
    if (EXTENSIONS.some((extension) => existsSync(join(serviceDir, `${path}.${extension}`)))) continue;
    throw new Error(
      `The function ${key} of ${service.service} has the handler ${handler}, but there is no file ${path}.ts: correct its serverless.yml, or add the file`,
    );
  }
}
