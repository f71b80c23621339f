import { resolve } from 'node:path';
import { runCommand } from '@weir/command-line';
import { createChangesSince, createIsBefore } from '../../changes/changes-since.ts';
import { servicesToDeploy } from '../../changes/services-to-deploy.ts';

const ROOT = resolve(import.meta.dirname, '../../../../..');
const HELP = `Usage: npm run changed-services -- DEPLOYED [--forward]

Prints a JSON list of the services that a stage does not run as they are here, in the order of a deployment. DEPLOYED is
a JSON object with the commit that the stage runs of each service; a service that is not in it is deployed. With --forward
it prints null if the stage runs what came after this checkout.`;

/** The commits of a JSON object. */
function readDeployed(text: string): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {}
  throw new Error(`DEPLOYED is no JSON object, but ${JSON.stringify(text)}: deployed-commits.sh prints one`);
}

await runCommand(
  {
    help: HELP,
    words: ['DEPLOYED'],
    options: { forward: { type: 'boolean' } },
    run: ({ values, words: [text = ''] }) => {
      const isBefore = values.forward ? createIsBefore(ROOT) : undefined;
      const deployed = readDeployed(text);
      const services = servicesToDeploy({ deployed, changesSince: createChangesSince(ROOT), isBefore });
      process.stdout.write(`${JSON.stringify(services ?? null)}\n`);
      return 0;
    },
  },
  process.argv.slice(2),
);
