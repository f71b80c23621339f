import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readArtifact } from '../artifact/read-artifact.ts';

/** A function's zip in an artifact. */
export interface ZipHash {
  /** The artifact. */
  readonly dir: string;
  readonly service: string;
  readonly stage: string;
  /** Such as `events.zip`. */
  readonly zip: string;
  /** SHA-256, in hexadecimal. */
  readonly hash: string;
}

/** Zips that a stage may lack, with all of its artifacts: only a stage with a canary has a probe. */
const OF_SOME_STAGES = new Set(['api/probe.zip']);

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
      hashes.push({ dir, service, stage, zip, hash });
    }
  }
  return hashes;
}

/** The zips of a service that are not the same in all of its artifacts, or are missing in one: `api/events.zip`. */
export function differingZips(hashes: readonly ZipHash[]): readonly string[] {
  return [...byZip(hashes)].flatMap(([name, same]) => {
    const isSame = new Set(same.map(({ hash }) => hash)).size === 1;
    const stages = new Set(same.map(({ stage }) => stage));
    const mayHave = ({ service, stage }: ZipHash) =>
      service === same[0]?.service && (stages.has(stage) || !OF_SOME_STAGES.has(name));
    const artifacts = new Set(hashes.filter(mayHave).map(({ dir }) => dir));
    return isSame && same.length === artifacts.size ? [] : [name];
  });
}

function byZip(hashes: readonly ZipHash[]): ReadonlyMap<string, readonly ZipHash[]> {
  return Map.groupBy(hashes, ({ service, zip }) => `${service}/${zip}`);
}

/** A line for all zips together, whatever stages they are for: the same from any machine that packages a commit. */
export function allZipsLine(hashes: readonly ZipHash[]): string {
  const each = new Set(hashes.map(({ service, zip, hash }) => `${service}/${zip} ${hash}\n`));
  const digest = createHash('sha256')
    .update([...each].sort().join(''))
    .digest('hex');
  return `All zips: ${digest}`;
}

/** A table in Markdown, for the summary of a run. */
export function hashesTable(commit: string, hashes: readonly ZipHash[]): string {
  const rows = hashes.map(
    ({ service, stage, zip, hash }) => `| ${commit} | ${service} | ${zip} | ${stage} | ${hash} |`,
  );
  return ['| commit | service | zip | stage | SHA-256 |', '|---|---|---|---|---|', ...rows].join('\n');
}

/** A table in Markdown with a line for each zip: its hashes, each with the number of artifacts that have it. */
export function comparisonTable(hashes: readonly ZipHash[]): string {
  const rows = [...byZip(hashes)].map(([name, same]) => {
    const counts = [...Map.groupBy(same, ({ hash }) => hash)].map(([hash, { length }]) => `${length} times ${hash}`);
    return `| ${name} | ${counts.join(', ')} |`;
  });
  return ['| zip | SHA-256 |', '|---|---|', ...rows].join('\n');
}
