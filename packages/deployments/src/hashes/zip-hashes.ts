import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readArtifact } from '../artifact/read-artifact.ts';

/** A function's zip in an artifact. */
export interface ZipHash {
  readonly service: string;
  readonly stage: string;
  /** Such as `events.zip`. */
  readonly zip: string;
  /** SHA-256, in hexadecimal. */
  readonly hash: string;
}

/** The hashes of all zips of artifacts, by service, zip and stage. Throws an Error if a directory holds no artifact. */
export async function zipHashes(dirs: readonly string[]): Promise<readonly ZipHash[]> {
  const hashes: ZipHash[] = [];
  for (const dir of dirs) {
    const { service, stage } = await readArtifact(dir);
    const zips = (await readdir(dir)).filter((name) => name.endsWith('.zip')).sort();
    for (const zip of zips) {
      const hash = createHash('sha256')
        .update(await readFile(join(dir, zip)))
        .digest('hex');
      hashes.push({ service, stage, zip, hash });
    }
  }
  return hashes;
}

/** The zips of a service that are not the same in all stages, or are missing in one: `api/events.zip`. */
export function differingZips(hashes: readonly ZipHash[]): readonly string[] {
  const byZip = Map.groupBy(hashes, ({ service, zip }) => `${service}/${zip}`);
  const stagesOf = (service: string) =>
    new Set(hashes.filter((one) => one.service === service).map(({ stage }) => stage));
  return [...byZip].flatMap(([name, same]) => {
    const isSame = new Set(same.map(({ hash }) => hash)).size === 1;
    return isSame && same.length === stagesOf(same[0]?.service ?? '').size ? [] : [name];
  });
}

/** A table in Markdown, for the summary of a run. */
export function hashesTable(commit: string, hashes: readonly ZipHash[]): string {
  const rows = hashes.map(
    ({ service, stage, zip, hash }) => `| ${commit} | ${service} | ${zip} | ${stage} | ${hash} |`,
  );
  return ['| commit | service | zip | stage | SHA-256 |', '|---|---|---|---|---|', ...rows].join('\n');
}
