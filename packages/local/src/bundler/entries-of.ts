import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BundledService } from './bundling-serverless.ts';

const EXTENSIONS = ['.ts', '.mts', '.js', '.mjs', '.cjs'];

/** The source of each function, from the folder of the service: `src/handlers/events.ts` for the handler `src/handlers/events.handler`. */
export function entriesOf(service: BundledService, serviceDir: string): readonly string[] {
  const handlers = service.getAllFunctions().flatMap((key) => service.getFunction(key).handler ?? []);
  return [...new Set(handlers.map((handler) => sourceOf(handler, serviceDir)))];
}

function sourceOf(handler: string, serviceDir: string): string {
  const path = handler.slice(0, handler.lastIndexOf('.'));
  const extension = EXTENSIONS.find((each) => existsSync(join(serviceDir, `${path}${each}`)));
  if (extension === undefined) throw new Error(`there is no file ${path}.ts for the handler ${handler}`);
  return `${path}${extension}`;
}
