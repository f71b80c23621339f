import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from './read-artifact.ts';

/**
 * Copies an artifact to `dir`, with the time of this deployment in the name of its directory: in its state, and in each
 * `S3Key` of its templates. The framework takes the directory with the latest time for what is deployed, and keeps the
 * latest five. With the time of packaging, an artifact that is deployed again is neither: its files may be removed while
 * the stack refers to them. `now` is in epoch milliseconds.
 */
export async function stampArtifact(artifact: Artifact, dir: string, now: number): Promise<Artifact> {
  const stamp = `${now}-${new Date(now).toISOString()}`;
  const directoryName = `serverless/weir-${artifact.service}/${artifact.stage}/${stamp}`;
  await cp(artifact.dir, dir, { recursive: true });
  for (const name of await readdir(dir)) {
    if (!name.endsWith('.json')) continue;
    const text = await readFile(join(dir, name), 'utf8');
    await writeFile(join(dir, name), text.replaceAll(artifact.directoryName, directoryName));
  }
  return { ...artifact, dir, directoryName };
}
