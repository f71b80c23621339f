import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Serverless } from '../framework/serverless.ts';

/** A function that packages a `node_modules` of its own has this pattern. */
const PATTERN = /^(.*node_modules)\/\*\*$/;

type Packages = Readonly<Record<string, { readonly integrity?: string }>>;

/**
 * Throws unless the packages that functions bring along, built for Lambda's machine, are installed as the lock file
 * says.
 */
export function expectNativePackages({ serviceDir, service, classes }: Serverless): void {
  const folders = service
    .getAllFunctions()
    .flatMap((key) => service.getFunction(key).package?.patterns ?? [])
    .flatMap((pattern) => PATTERN.exec(pattern)?.[1] ?? []);
  for (const folder of folders) {
    const problem = findProblem(join(serviceDir, folder), join(serviceDir, '../../package-lock.json'));
    if (problem) throw new classes.Error(`${folder} ${problem}: run npm run native, which needs the npm registry`);
  }
}

function findProblem(folder: string, lockFile: string): string | undefined {
  // npm writes it last.
  const installed = readPackages(join(folder, '.package-lock.json'));
  if (installed === undefined) return 'is not installed';
  // Binaries are optional dependencies: npm does not fail if it could not fetch some.
  const asked = Object.keys(readPackages(join(folder, '../package-lock.json')) ?? {}).filter((path) => path !== '');
  const missing = asked.find((path) => installed[path] === undefined);
  if (missing !== undefined) return `lacks ${missing}`;
  const wanted = readPackages(lockFile) ?? {};
  const stale = Object.keys(installed).find((path) => installed[path]?.integrity !== wanted[path]?.integrity);
  return stale && `has another ${stale} than package-lock.json`;
}

function readPackages(path: string): Packages | undefined {
  if (!existsSync(path)) return undefined;
  return (JSON.parse(readFileSync(path, 'utf8')) as { packages: Packages }).packages;
}
