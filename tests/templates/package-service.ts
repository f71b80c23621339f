import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { makeOwnDirectory } from '../../packages/deployments/src/artifact/own-directory.ts';
import { makeOnce } from './packages/make-once.ts';
import { packagesFolder } from './packages/packages-folder.ts';
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

/**
 * Packages a service for `stage` as on a machine without credentials and network: it gets nothing of this process's
 * environment, and every proxy is a closed port. A `param` is `name=value`, and replaces the stage's value. The same
 * package is made only once in a run, in whatever process, as that takes seconds; every caller gets its own copy.
 */
export function packageService(name: string, stage: string, params: readonly string[] = []): PackagedService {
  const key = JSON.stringify([name, stage, params]);
  return readPackage(
    name,
    makeOnce({ folder: packagesFolder() }, key, (dir) => runPackage({ name, dir }, optionsOf(stage, params))),
  );
}

/** Every service of the repository. */
export function serviceNames(): readonly string[] {
  return readdirSync(join(ROOT, 'services')).filter((name) =>
    existsSync(join(ROOT, 'services', name, 'serverless.yml')),
  );
}

/** The same, packaged again at each call. */
export function packageAgain(name: string, stage: string, params: readonly string[] = []): PackagedService {
  const dir = ownFolder();
  runPackage({ name, dir }, optionsOf(stage, params));
  return readPackage(name, dir);
}

/** Packages a service with a changed copy of its `serverless.yml`. */
export function packageChanged(name: string, stage: string, change: (yml: string) => string): PackagedService {
  const dir = ownFolder();
  runPackage({ name, dir, change }, optionsOf(stage));
  return readPackage(name, dir);
}

/** What is in it may be read for as long as the run lasts. */
function ownFolder(): string {
  return mkdtempSync(join(packagesFolder(), 'own-'));
}

function optionsOf(stage: string, params: readonly string[] = []): string[] {
  const isGiven = params.some((param) => param.startsWith('alarmActions='));
  return ['--stage', stage, ...[...params, ...(isGiven ? [] : [ALARM_ACTIONS])].map((param) => `--param=${param}`)];
}

interface Packaging {
  readonly name: string;
  /** Where the package goes. */
  readonly dir: string;
  readonly change?: (yml: string) => string;
}

/** Takes the service from a folder of its own, so that two runs do not disturb each other. */
function runPackage({ name, dir, change = (yml) => yml }: Packaging, options: readonly string[]): void {
  const own = makeOwnDirectory(join(ROOT, 'services', name));
  try {
    const config = join(own.path, 'serverless.yml');
    writeFileSync(config, change(readFileSync(config, 'utf8')));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules/serverless/bin/serverless.js'), 'package', '--package', dir, ...options],
      { cwd: own.path, env: emptyEnvironment(dir), encoding: 'utf8', timeout: TIMEOUT_MS },
    );
    if (status !== 0) throw new Error(`${name} cannot be packaged:\n${stdout}\n${stderr}`);
  } finally {
    own.remove();
  }
}

/** Reads the zips when they are first asked for: they are large, and most tests read only the template. */
function readPackage(name: string, dir: string): PackagedService {
  let zips: PackagedService['zips'] | undefined;
  return {
    name,
    template: readTemplate(dir),
    zipBytes: measureZips(dir),
    get zips() {
      zips ??= readZips(dir);
      return zips;
    },
  };
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
