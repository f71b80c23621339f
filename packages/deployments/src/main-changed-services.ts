import { resolve } from 'node:path';
import { createChangesSince, createIsBefore } from './changes/changes-since.ts';
import { servicesToDeploy } from './changes/services-to-deploy.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const HELP = `Usage: npm run changed-services -- DEPLOYED [--forward]

Prints a JSON list of the services that a stage does not run as they are here, in the order of a deployment. DEPLOYED is
a JSON object with the commit that the stage runs of each service; a service that is not in it is deployed. With --forward
the list is empty if the stage runs what came after this checkout.`;

/** The commits of a JSON object; undefined if it is none. */
function readDeployed(text: string): Readonly<Record<string, string>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

const deployed = readDeployed(process.argv[2] ?? '');
if (deployed) {
  const isBefore = process.argv.includes('--forward') ? createIsBefore(ROOT) : undefined;
  const services = servicesToDeploy({ deployed, changesSince: createChangesSince(ROOT), isBefore });
  process.stdout.write(`${JSON.stringify(services)}\n`);
} else {
  process.stderr.write(`${HELP}\n`);
  process.exitCode = 1;
}
