import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EnvironmentCode } from './environment-messages.ts';

/** A function's handler, in the form that Lambda's Node 24 calls. */
export type Handler = (event: unknown, context: object) => unknown;

const EXTENSIONS = ['.mjs', '.js', '.cjs', '.ts'];

/** Loads `src/handlers/events.handler`: the export `handler` of `src/handlers/events`, whatever its extension is. */
export async function loadHandler({ folder, handler }: EnvironmentCode): Promise<Handler> {
  const at = handler.lastIndexOf('.');
  const [path, name] = [handler.slice(0, at), handler.slice(at + 1)];
  const file = EXTENSIONS.map((extension) => join(folder, `${path}${extension}`)).find(existsSync);
  if (file === undefined) throw problem('Runtime.ImportModuleError', `there is no file ${path}${EXTENSIONS.join('|')}`);
  const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const found = module[name];
  if (typeof found !== 'function') {
    throw problem('Runtime.HandlerNotFound', `${path} has no function ${name} among its exports`);
  }
  return found as Handler;
}

/** One of Lambda's own errors. Its stack would only name this file. */
function problem(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, stack: `${name}: ${message}` });
}
