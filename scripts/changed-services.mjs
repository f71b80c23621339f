// Prints a JSON list of the services that must be deployed: `changed-services.mjs <all> <before>`. They are in the
// order in which a new stage is deployed. Lerna follows the packages on which a service depends. If a change belongs to
// no workspace (a file at the root, the lock file, a removed workspace), all services are deployed.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const DEPLOYMENT_ORDER = ['ingest-stream', 'reports', 'notifications', 'api'];
const NO_COMMIT = /^0*$/;
/** Files from which no service is built. */
const NOT_DEPLOYED = [
  /^(docs|bench|tests|lint|scripts|\.github|\.ci)\//,
  /^(LICENSE|biome\.json|\.gitignore|\.c8rc\.json|\.mocharc[^/]*\.json|[^/]*\.md)$/,
];
const IN_WORKSPACE = /^(packages|services)\/[^/]+\//;

/** The services to deploy if `files` changed. `changed` are the names of the changed workspaces, from Lerna. */
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

/** After a force push, the commit before it may be missing here. */
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
