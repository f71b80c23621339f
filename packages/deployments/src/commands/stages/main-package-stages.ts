import { join, resolve } from 'node:path';
import { runCommand } from '@weir/command-line';
import { packageArtifact } from '../../artifact/package-artifact.ts';
import { SERVICES } from '../../changes/services-to-deploy.ts';

const SERVICES_DIR = resolve(import.meta.dirname, '../../../../../services');
const HELP = `Usage: npm run package-stages -- DIR STAGE…

Packages each service for each stage, into DIR/STAGE/SERVICE. It needs no AWS account. AWS_REGION is the region.`;

async function packageStages(dir: string, stages: readonly string[]): Promise<number> {
  const region = process.env.AWS_REGION ?? 'us-east-1';
  for (const stage of stages) {
    for (const service of SERVICES) {
      const artifact = {
        stage,
        region,
        serviceDir: join(SERVICES_DIR, service),
        dir: join(resolve(dir), stage, service),
      };
      const code = await packageArtifact(artifact, { stdio: 'inherit' });
      if (code !== 0) return code;
    }
  }
  return 0;
}

await runCommand(
  { help: HELP, words: ['DIR', 'STAGE…'], run: ({ words: [dir = '', ...stages] }) => packageStages(dir, stages) },
  process.argv.slice(2),
);
