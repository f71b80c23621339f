import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StageTemplates } from './check-stage-change.ts';
import type { Template } from './comparison/template.ts';

/** The file of `serverless package` with the whole template. */
const FILE = 'cloudformation-template-update-stack.json';

/** Reads the templates of a stage that `package-stages` has packaged: DIR/SERVICE. Throws an Error if there are none. */
export async function readStage(dir: string): Promise<StageTemplates> {
  const names = await readdir(dir).catch(() => []);
  const templates = new Map<string, Template>();
  for (const name of names) {
    const text = await readFile(join(dir, name, FILE), 'utf8').catch(() => undefined);
    if (text !== undefined) templates.set(name, JSON.parse(text));
  }
  if (templates.size > 0) return templates;
  throw new Error(
    `${dir} has no directory of a service with ${FILE}: name one that npm run package-stages made of a stage`,
  );
}
