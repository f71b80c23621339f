import { setTimeout } from 'node:timers/promises';
import { createDriftReader } from './aws/drift-reader.ts';
import { describeDrift } from './drift/describe-drift.ts';
import { detectDrift, isFaulty } from './drift/detect-drift.ts';

const HELP = `Usage: npm run drift -- STAGE…

Lets CloudFormation compare each stack of these stages with what is there, and prints what differs. Fails if anything
does. It needs AWS credentials, and AWS_REGION.`;

async function main(stages: readonly string[]): Promise<number> {
  if (stages.length === 0 || stages.includes('--help')) {
    process.stdout.write(`${HELP}\n`);
    return stages.length === 0 ? 1 : 0;
  }
  const deps = { reader: createDriftReader({}), wait: (ms: number) => setTimeout(ms) };
  let isOne = false;
  for (const stage of stages) {
    const found = await detectDrift(deps, stage);
    process.stdout.write(`${describeDrift(stage, found)}\n`);
    isOne ||= found.some(isFaulty);
  }
  return isOne ? 1 : 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
