import { join, resolve } from 'node:path';
import { runServerless } from './artifact/run-serverless.ts';
import { SERVICES } from './changes/services-to-deploy.ts';

const SERVICES_DIR = resolve(import.meta.dirname, '../../../services');
const HELP = `Usage: npm run package-stages -- DIR STAGE…

Packages each service for each stage, into DIR/STAGE/SERVICE. It needs no AWS account. AWS_REGION is the region.`;

async function main([dir, ...stages]: readonly string[]): Promise<number> {
  if (dir === undefined || stages.length === 0) {
    process.stderr.write(`${HELP}\n`);
    return 1;
  }
  const region = process.env.AWS_REGION ?? 'us-east-1';
  for (const stage of stages) {
    for (const service of SERVICES) {
      const args = ['package', '--stage', stage, '--region', region, '--package', join(resolve(dir), stage, service)];
      const code = await runServerless(args, { cwd: join(SERVICES_DIR, service), stdio: 'inherit' });
      if (code !== 0) return code;
    }
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
