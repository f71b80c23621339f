import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build } from 'esbuild';
import { load } from 'js-yaml';

const ROOT = join(import.meta.dirname, '../../..');
const API = join(ROOT, 'services/api');

/** What every function of the API can be compared with: a process that makes a client of DynamoDB, and nothing else. */
const BASELINE = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
export const client = new DynamoDBClient({});
export const handler = async () => {};
`;

/** A function as it is deployed. */
export interface Bundle {
  readonly name: string;
  readonly path: string;
  /** Of the bundle alone, compressed: what it takes in a zip. */
  readonly zippedBytes: number;
}

interface CommonFile {
  readonly custom: { readonly esbuild: Record<string, unknown> };
}

interface ServiceFile {
  readonly functions: Readonly<Record<string, { readonly handler: string }>>;
}

/** Bundles the baseline and then each function of the API with the settings that packaging has, into `folder`. */
export async function bundleHandlers(folder: string): Promise<Bundle[]> {
  const baseline = join(folder, 'baseline-source.ts');
  await writeFile(baseline, BASELINE);
  const { functions } = await readYaml<ServiceFile>(join(API, 'serverless.yml'));
  const bundles = [await bundle('bare DynamoDB client', baseline, folder)];
  for (const [name, { handler }] of Object.entries(functions)) {
    bundles.push(await bundle(name, join(API, handler.replace(/\.handler$/, '.ts')), folder));
  }
  return bundles;
}

async function bundle(name: string, source: string, folder: string): Promise<Bundle> {
  const path = join(folder, `${basename(source, '.ts')}.mjs`);
  const { esbuild } = (await readYaml<CommonFile>(join(ROOT, 'serverless.common.yml'))).custom;
  const { exclude: _, outputFileExtension: __, ...options } = esbuild;
  await build({
    ...(options as BuildOptions),
    entryPoints: [source],
    outfile: path,
    external: ['sharp'],
    absWorkingDir: API,
    nodePaths: [join(ROOT, 'node_modules')],
    logLevel: 'error',
  });
  return { name, path, zippedBytes: gzipSync(await readFile(path), { level: 9 }).length };
}

async function readYaml<T>(path: string): Promise<T> {
  return load(await readFile(path, 'utf8')) as T;
}
