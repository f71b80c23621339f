// Runs after `npm ci` and `npm install`: installs the packages that are in no bundle, for Lambda's machine, in the folder
// from which their service packages them, with npm and in the version of package-lock.json. So packaging needs no
// network. A failure does not fail the installation: only packaging needs them, and reports it if one is missing.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled, lockOf, PLATFORM } from './native-packages.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const PACKAGES = {
  'services/api': ['sharp'],
  // The font is in a package of its own.
  'services/reports': ['@resvg/resvg-js', '@expo-google-fonts/inter'],
  'services/notifications': ['@resvg/resvg-js', '@expo-google-fonts/inter'],
};

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** Runs the npm that called this script. */
function npm(args, cwd) {
  const npmCli = process.env.npm_execpath;
  const [command, first] = npmCli?.endsWith('.js') ? [process.execPath, [npmCli]] : ['npm', []];
  return spawnSync(command, [...first, ...args], { cwd, encoding: 'utf8', timeout: 300_000 });
}

function install({ manifest, lock }, target) {
  // Also removes the files of an older version.
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'package.json'), JSON.stringify(manifest, undefined, 2));
  writeFileSync(join(target, 'package-lock.json'), JSON.stringify(lock, undefined, 2));
  const platform = Object.entries(PLATFORM).map(([name, value]) => `--${name}=${value}`);
  // No install scripts: they would look for a binary of this machine.
  const quiet = [
    '--include=optional',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    // A machine without a network should not wait for long.
    '--fetch-retries=1',
    '--fetch-retry-mintimeout=1000',
    '--loglevel=error',
  ];
  return npm(['ci', ...platform, ...quiet], target);
}

const { packages } = readJson(join(root, 'package-lock.json'));
for (const [service, names] of Object.entries(PACKAGES)) {
  const target = join(root, service, '.native');
  const receipt = join(target, 'node_modules/.package-lock.json');
  const wanted = lockOf(packages, ...names);
  if (isInstalled(wanted, readJson(receipt))) continue;
  const { status, stderr } = install(wanted, target);
  if (status === 0 && isInstalled(wanted, readJson(receipt))) continue;
  const reason = stderr?.trim().split('\n').at(0) || 'npm did not say why';
  process.stderr.write(
    `${names.join(' and ')} for ${PLATFORM.os}-${PLATFORM.cpu} are not installed (${reason}): to package ${service}, run npm run native first.\n`,
  );
}
