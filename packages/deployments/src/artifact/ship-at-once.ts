import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from './read-artifact.ts';

/**
 * Takes from each alias in an artifact's templates and state the policy by which CodeDeploy moves calls to a new
 * version. CloudFormation then changes the alias by itself, whatever alarms are up and whatever does not answer. The
 * next deployment has the policy again.
 */
export async function shipAtOnce({ dir }: Pick<Artifact, 'dir'>): Promise<void> {
  const files = (await readdir(dir)).filter((name) => name.endsWith('.json')).map((name) => join(dir, name));
  for (const file of files) {
    const text = JSON.stringify(JSON.parse(await readFile(file, 'utf8'), withoutPolicy), null, 2);
    await writeFile(file, text);
  }
}

/** A reviver of `JSON.parse`. */
function withoutPolicy(_key: string, value: unknown): unknown {
  const { Type, UpdatePolicy, ...rest } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return Type === 'AWS::Lambda::Alias' && UpdatePolicy !== undefined ? { Type, ...rest } : value;
}
