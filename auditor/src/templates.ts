import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Template } from '../../tests/templates/template.ts';

/** A packaged template, and the service whose it is. */
export interface ServiceTemplate {
  readonly service: string;
  readonly template: Template;
}

/** Calls `check` with a template in a file, which is gone afterwards. */
export function withTemplateFile<Result>(template: object, check: (file: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'weir-auditor-'));
  try {
    const file = join(folder, 'template.json');
    writeFileSync(file, JSON.stringify(template));
    return check(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
