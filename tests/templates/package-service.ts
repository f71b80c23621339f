import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { makeOwnDirectory } from '../../packages/deployments/src/artifact/own-directory.ts';
import type { Template } from './template.ts';

const ROOT = join(import.meta.dirname, '../..');
const TIMEOUT_MS = 100_000;
/** Without one, packaging refuses a stage whose alarms must reach somebody. */
const ALARM_ACTIONS = 'alarmActions=arn:aws:sns:us-east-1:000000000000:on-call';

/** The result of `serverless package` for a service. */
export interface PackagedService {
  readonly name: string;
  readonly template: Template;
  /** The files in each function's zip, by the zip's name. */
  readonly zips: Readonly<Record<string, Files>>;
  /** Length of each zip. */
  readonly zipBytes: Readonly<Record<string, number>>;
}

/** The contents of files, by name. */
export type Files = Readonly<Record<string, Uint8Array>>;

const packaged = new Map<string, PackagedService>();

/**
 * Packages a service for `stage` as on a machine without credentials and network: it gets nothing of this process's
 * environment, and every proxy is a closed port. A `param` is `name=value`, and replaces the stage's value. The same
 * package is made only once in a run, as that takes seconds; every caller gets its own copy.
 */
export function packageService(name: string, stage: string, params: readonly string[] = []): PackagedService {
  const key = JSON.stringify([name, stage, params]);
  const known = packaged.get(key) ?? packageAgain(name, stage, params);
  packaged.set(key, known);
  return structuredClone(known);
}

/** Every service of the repository. */
export function serviceNames(): readonly string[] {
  return readdirSync(join(ROOT, 'services')).filter((name) =>
    existsSync(join(ROOT, 'services', name, 'serverless.yml')),
  );
}

/** The same, packaged again at each call. */
export function packageAgain(name: string, stage: string, params: readonly string[] = []): PackagedService {
  return runPackage(name, ['--stage', stage, ...params.map((param) => `--param=${param}`)]);
}

/** Packages a service with a changed copy of its `serverless.yml`. */
export function packageChanged(name: string, stage: string, change: (yml: string) => string): PackagedService {
  return runPackage(name, ['--stage', stage], change);
}

/** Takes the service from a folder of its own, so that two runs do not disturb each other. */
function runPackage(name: string, given: readonly string[], change = (yml: string) => yml): PackagedService {
  const isGiven = given.some((option) => option.startsWith('--param=alarmActions='));
  const options = isGiven ? given : [...given, `--param=${ALARM_ACTIONS}`];
  const own = makeOwnDirectory(join(ROOT, 'services', name));
  const dir = mkdtempSync(join(tmpdir(), `weir-package-${name}-`));
  try {
    const config = join(own.path, 'serverless.yml');
    writeFileSync(config, change(readFileSync(config, 'utf8')));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules/serverless/bin/serverless.js'), 'package', '--package', dir, ...options],
      { cwd: own.path, env: emptyEnvironment(dir), encoding: 'utf8', timeout: TIMEOUT_MS },
    );
    if (status !== 0) throw new Error(`${name} cannot be packaged:\n${stdout}\n${stderr}`);
    return { name, template: readTemplate(dir), zips: readZips(dir), zipBytes: measureZips(dir) };
  } finally {
    own.remove();
    rmSync(dir, { recursive: true });
  }
}

function emptyEnvironment(home: string): Record<string, string> {
  const closed = 'http://127.0.0.1:9';
  return {
    PATH: join(ROOT, 'node_modules/.bin'),
    HOME: home,
    HTTP_PROXY: closed,
    HTTPS_PROXY: closed,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

function readTemplate(dir: string): Template {
  return JSON.parse(readFileSync(join(dir, 'cloudformation-template-update-stack.json'), 'utf8')) as Template;
}

function zipNames(dir: string): string[] {
  return readdirSync(dir).filter((file) => file.endsWith('.zip'));
}

function readZips(dir: string): Record<string, Files> {
  return Object.fromEntries(zipNames(dir).map((file) => [file, unzipSync(readFileSync(join(dir, file)))]));
}

function measureZips(dir: string): Record<string, number> {
  return Object.fromEntries(zipNames(dir).map((file) => [file, statSync(join(dir, file)).size]));
}
