// Installs the packages of auditor/ if they are missing or old. They have 200 MB and are needed by `npm run
// audit-templates` alone, so that they are no workspace of the root.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled } from './native-packages.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'auditor');
const receipt = join(folder, 'node_modules/.package-lock.json');

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

if (!isInstalled({ lock: readJson(join(folder, 'package-lock.json')) }, readJson(receipt))) {
  process.stdout.write('Installing what audits templates: 200 MB, some ten seconds.\n');
  const npmCli = process.env.npm_execpath;
  const [command, first] = npmCli?.endsWith('.js') ? [process.execPath, [npmCli]] : ['npm', []];
  const { status } = spawnSync(command, [...first, 'ci', '--ignore-scripts', '--prefer-offline'], {
    cwd: folder,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
