// Prints, as a JSON list, the services that a deployment has to bring up to date: `changed-services.mjs <all> <before>`.
// The order is that in which a new stage is deployed. Lerna follows the packages that a service depends on; what it
// counts as nobody's (a file at the root, the lock file, a workspace removed) is everybody's here.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const DEPLOYMENT_ORDER = ['ingest-stream', 'reports', 'notifications', 'api'];
const NO_COMMIT = /^0*$/;
/** What no service is built from. */
const NOT_DEPLOYED = [
  /^(docs|bench|tests|lint|scripts|\.github|\.ci)\//,
  /^(LICENSE|biome\.json|\.gitignore|\.c8rc\.json|\.mocharc[^/]*\.json|[^/]*\.md)$/,
];
const IN_WORKSPACE = /^(packages|services)\/[^/]+\//;

/** The services to deploy when `files` changed, of which Lerna says that `changed` (names of workspaces) are touched. */
export function servicesToDeploy({ files, changed, services }) {
  const shared = files.filter((file) => !IN_WORKSPACE.test(file) && !NOT_DEPLOYED.some((other) => other.test(file)));
  return shared.length > 0 ? services : services.filter((service) => changed.includes(`@weir/${service}`));
}

function main([all, before = '']) {
  const services = DEPLOYMENT_ORDER.filter((service) => existsSync(`services/${service}/serverless.yml`));
  if (all === 'true' || NO_COMMIT.test(before) || !isKnown(before)) return services;
  const files = run('git', ['diff', '--name-only', `${before}..HEAD`])
    .split('\n')
    .filter(Boolean);
  return servicesToDeploy({ files, changed: changedSince(before), services });
}

/** A force push leaves a commit behind that nobody has. */
function isKnown(commit) {
  try {
    execFileSync('git', ['cat-file', '-e', `${commit}^{commit}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Lerna hides private workspaces without `--all`. */
function changedSince(commit) {
  const list = run('lerna', ['ls', '--all', '--json', '--since', commit, '--loglevel', 'silent']);
  return JSON.parse(list).map(({ name }) => name);
}

function run(command, args) {
  return execFileSync(command, args, { encoding: 'utf8' });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) console.log(JSON.stringify(main(process.argv.slice(2))));
