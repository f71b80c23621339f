import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A copy of a service's sources. */
export interface OwnDirectory {
  readonly path: string;
  remove(): void;
}

/** What programs make in a service's folder. */
const MADE = /^(\..+|dist-types|node_modules|.+\.tsbuildinfo)$/;
/** Packages for Lambda's machine: too large for a copy, and only read. */
const NATIVE = '.native';

/**
 * Copies a service to a folder of its own. The framework and serverless-esbuild work in the service's `.serverless` and
 * `.esbuild`, whatever their options say: two runs in one folder would take each other's files. The copy is as deep in the
 * repository as the service, so all relative paths are the same, and with them the bundles.
 */
export function makeOwnDirectory(serviceDir: string): OwnDirectory {
  const parent = join(serviceDir, '../../.packaging');
  mkdirSync(parent, { recursive: true });
  const path = mkdtempSync(join(parent, `${basename(serviceDir)}-`));
  cpSync(serviceDir, path, { recursive: true, filter: (from) => !MADE.test(basename(from)) });
  const native = join(serviceDir, NATIVE);
  if (existsSync(native)) symlinkSync(native, join(path, NATIVE));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
