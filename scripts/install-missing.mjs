// Installs missing dependencies, or prints what to do. Runs on the machine's own Node, before each command that needs
// more than that Node. Arguments name further needs of the command: `tables` (where they run on DynamoDB Local and Java
// is missing, the command stops) and `programs-for-tests` (without them, tests are left out).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installProblem, javaProblem, missingForTests, nodeMajorOf, nodeProblem, tablesNeed } from './checks.mjs';

/** Everything runs on the Node that is a dependency: the same major version as in Lambda. */
const RUNTIME_MAJOR = 24;

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

function stop(problem) {
  process.stderr.write(`\n${problem}\n`);
  process.exit(1);
}

function stopOn(problem) {
  if (problem !== undefined) stop(problem);
}

/** `java -version` prints on stderr. */
function javaVersionOutput() {
  const { error, stdout, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return error === undefined ? `${stdout}${stderr}` : undefined;
}

/** Whether a program is on the PATH. */
function isThere(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;
}

function packagesOf(lockFile) {
  const path = join(root, lockFile);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;
}

function exists(path) {
  return existsSync(join(root, path, 'package.json'));
}

/** The problem with the installation, or undefined. */
function findInstallProblem() {
  const installed = packagesOf(join('node_modules', '.package-lock.json'));
  if (installed === undefined) return 'nothing is installed yet';
  const problem = wanted && installProblem(wanted, installed, { exists, needed: engine });
  return problem ?? findRuntimeProblem();
}

/** If install scripts are switched off, npm installs the `node` package without its program. */
function findRuntimeProblem() {
  const node = join(root, 'node_modules', '.bin', 'node');
  const { error, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  const major = error === undefined ? nodeMajorOf(stdout) : undefined;
  return major === RUNTIME_MAJOR ? undefined : `node_modules/.bin/node is not Node ${RUNTIME_MAJOR}`;
}

/** Runs the npm that called this script, on the same Node. */
function npm(args) {
  const npmCli = process.env.npm_execpath;
  const [command, first] = npmCli?.endsWith('.js') ? [process.execPath, [npmCli]] : ['npm', []];
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...args], { cwd: root, stdio: 'inherit' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** Runs npm, and every few seconds prints that it still runs. */
async function npmWithProgress(args) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const ticker = setInterval(() => process.stdout.write(`  … npm ${args[0]} ${seconds()} s\n`), 10_000);
  // The lock file fixes each version, so a package in npm's cache is as good as one from the registry.
  const quick = ['--prefer-offline', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const worked = await npm([...args, ...quick]);
  clearInterval(ticker);
  process.stdout.write(worked ? `  done in ${seconds()} s\n` : '');
  return worked;
}

/**
 * `npm install --no-save` installs from the lock file, and does not change it. `npm ci` would refuse a lock file from a
 * registry that did not hold the optional packages of other systems. A cure is tried only if the one before it did not
 * help.
 */
async function install() {
  let problem = findInstallProblem();
  for (const cure of [
    ['install', '--no-save'],
    ['rebuild', 'node'],
  ]) {
    if (problem === undefined) return;
    process.stdout.write(`Installing (${problem}): about a minute the first time.\n`);
    await npmWithProgress(cure);
    problem = findInstallProblem();
  }
  if (problem !== undefined) {
    stop(
      `The installation is broken: ${problem}. Check that the npm registry can be reached and that install scripts are allowed (\`npm config get ignore-scripts\` must say false), remove node_modules, and run it again.`,
    );
  }
}

const needs = process.argv.slice(2);
const wanted = packagesOf('package-lock.json');
const system = `${process.platform}-${process.arch}`;
const engine = tablesNeed({ asked: process.env.WEIR_DYNAMODB_ENGINE, system, wanted, exists });
stopOn(nodeProblem(process.version));
if (needs.includes('tables') && engine === 'java') stopOn(javaProblem(javaVersionOutput()));
await install();
if (needs.includes('programs-for-tests')) {
  for (const line of missingForTests(isThere)) process.stdout.write(`${line}\n`);
}
