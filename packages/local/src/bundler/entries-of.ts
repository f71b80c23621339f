import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BundledService } from './bundling-serverless.ts';

const EXTENSIONS = ['.ts', '.mts', '.js', '.mjs', '.cjs'];

/** The sources of the functions with these keys, from the folder of the service, each once. */
export function entriesOf(service: BundledService, serviceDir: string, keys: readonly string[]): readonly string[] {
  const handlers = keys.flatMap((key) => service.getFunction(key).handler ?? []);
  return [...new Set(handlers.map((handler) => entryOf(handler, serviceDir)))];
}

/** The source of a function, from the folder of the service: `src/handlers/events.ts` for the handler `src/handlers/events.handler`. */
export function entryOf(handler: string, serviceDir: string): string {
  const path = handler.slice(0, handler.lastIndexOf('.'));
  const extension = EXTENSIONS.find((each) => existsSync(join(serviceDir, `${path}${each}`)));
  if (extension === undefined) throw new Error(`there is no file ${path}.ts for the handler ${handler}`);
  return `${path}${extension}`;
}
