import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '../../templates/package-service.ts';
import type { ServiceTexts } from './permissions-page.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The page that `npm run permissions` writes. */
export const PERMISSIONS_FILE = join(ROOT, 'docs/permissions.md');

/** The texts in which comments say why a statement is there. */
export function readServiceTexts(): ServiceTexts {
  const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8');
  return {
    services: Object.fromEntries(serviceNames().map((name) => [name, read('services', name, 'serverless.yml')])),
    common: read('serverless.common.yml'),
  };
}
