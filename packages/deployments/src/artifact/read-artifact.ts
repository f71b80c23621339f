import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What `serverless package` made of a service for a stage. */
export interface Artifact {
  readonly dir: string;
  /** Such as `api`. */
  readonly service: string;
  readonly stage: string;
  /** The directory of its files in the deployment bucket, as templates name it: `serverless/weir-api/dev/1…-2026-…`. */
  readonly directoryName: string;
}

const STATE_FILE = 'serverless-state.json';
const DIRECTORY = /^serverless\/weir-([a-z-]+)\/([^/]+)\/\d+-[^/]+$/;

/** Reads what a directory of `serverless package` is for. Throws an Error with one sentence if it is none. */
export async function readArtifact(dir: string): Promise<Artifact> {
  const text = await readFile(join(dir, STATE_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) throw new Error(`${dir} has no ${STATE_FILE}: name a directory of serverless package`);
  const state = JSON.parse(text) as { readonly package?: { readonly artifactDirectoryName?: string } };
  const directoryName = state.package?.artifactDirectoryName ?? '';
  const [, service, stage] = DIRECTORY.exec(directoryName) ?? [];
  if (service === undefined || stage === undefined) throw new Error(`${dir} holds no package of a service of Weir`);
  return { dir, service, stage, directoryName };
}
