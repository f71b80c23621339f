import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build } from 'esbuild';
import { load } from 'js-yaml';

const ROOT = join(import.meta.dirname, '../../..');
const SERVICES = ['api', 'reports'].map((name) => join(ROOT, 'services', name));
const [API = ''] = SERVICES;

/** The baseline for every function: it makes a client of DynamoDB, and nothing else. */
const BASELINE = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
export const client = new DynamoDBClient({});
export const handler = async () => {};
`;

/** A function as it is deployed. */
export interface Bundle {
  readonly name: string;
  readonly path: string;
  /** The size of the bundle and its chunks in a zip. */
  readonly zippedBytes: number;
}

interface CommonFile {
  readonly custom: { readonly esbuild: Record<string, unknown> };
}

interface ServiceFile {
  readonly functions: Readonly<Record<string, { readonly handler: string }>>;
}

/**
 * Bundles into `folder`: the baseline in the usual way, in one file; then, with the settings of packaging, the baseline
 * again and each function of the API and of the reports.
 */
export async function bundleHandlers(folder: string): Promise<Bundle[]> {
  const baseline = join(folder, 'baseline-source.ts');
  await writeFile(baseline, BASELINE);
  const bundles = [
    await bundle('bare DynamoDB client, in one file', baseline, { outdir: join(folder, 'one'), splitting: false }),
    await bundle('bare DynamoDB client', baseline, { outdir: join(folder, 'bare') }),
  ];
  for (const name of Object.keys(await findHandlers())) bundles.push(await bundleFunction(name, join(folder, name)));
  return bundles;
}

/** Bundles one function into `outdir`, as packaging does. */
export async function bundleFunction(name: string, outdir: string): Promise<Bundle> {
  const source = (await findHandlers())[name];
  if (source === undefined) throw new Error(`there is no function ${name}`);
  return bundle(name, source, { outdir });
}

/** The files of all functions, by name. */
async function findHandlers(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const service of SERVICES) {
    const { functions } = await readYaml<ServiceFile>(join(service, 'serverless.yml'));
    for (const [name, { handler }] of Object.entries(functions)) {
      found[name] = join(service, handler.replace(/\.handler$/, '.ts'));
    }
  }
  return found;
}

async function bundle(name: string, source: string, own: BuildOptions & { readonly outdir: string }): Promise<Bundle> {
  const { esbuild } = (await readYaml<CommonFile>(join(ROOT, 'serverless.common.yml'))).custom;
  const { exclude: _, outputFileExtension: extension, plugins, ...options } = esbuild;
  const { outputFiles = [] } = await build({
    ...(options as BuildOptions),
    plugins: (await import(join(API, String(plugins))))['module.exports'],
    outExtension: { '.js': String(extension) },
    entryPoints: [source],
    external: ['sharp'],
    absWorkingDir: API,
    nodePaths: [join(ROOT, 'node_modules')],
    logLevel: 'error',
    ...own,
    write: false,
  });
  for (const { path, contents } of outputFiles) await writeWithFolder(path, contents);
  const zippedBytes = outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
  return { name, path: join(own.outdir, `${basename(source, '.ts')}${extension}`), zippedBytes };
}

async function writeWithFolder(path: string, contents: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
}

async function readYaml<T>(path: string): Promise<T> {
  return load(await readFile(path, 'utf8')) as T;
}
