import { setTimeout } from 'node:timers/promises';
import { runCommand } from '@weir/command-line';
import { createDriftReader } from '../../aws/drift-reader.ts';
import { describeDrift } from '../../drift/describe-drift.ts';
import { detectDrift, isFaulty } from '../../drift/detect-drift.ts';

const HELP = `Usage: npm run drift -- STAGE…

Lets CloudFormation compare each stack of these stages with what is there, and prints what differs. Fails if anything
does. It needs AWS credentials, and AWS_REGION.`;

async function drift(stages: readonly string[]): Promise<number> {
  const deps = { reader: createDriftReader({}), wait: (ms: number) => setTimeout(ms) };
  let code = 0;
  for (const stage of stages) {
    const found = await detectDrift(deps, stage);
    process.stdout.write(`${describeDrift(stage, found)}\n`);
    if (found.some(isFaulty)) code = 1;
  }
  return code;
}

await runCommand({ help: HELP, words: ['STAGE…'], run: ({ words }) => drift(words) }, process.argv.slice(2));
