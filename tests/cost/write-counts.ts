import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countFlows } from '@weir/bench/src/cost/count-flows.ts';
import { COUNTS, type Counts } from '@weir/bench/src/cost/counts.ts';
import { packageService, serviceNames } from '../templates/package-service.ts';
import { countCalls } from './count-calls.ts';
import { stagePartsOf } from './stage-parts.ts';

const FILE = join(import.meta.dirname, '../../bench/src/cost/counts.json');
const RATES = [10, 100, 1000];

// Counts everything that docs/cost.md is computed from, in one run of some minutes. Arguments (flows, calls, stages)
// name parts: the others stay as they are.
const parts = process.argv.slice(2);
const isWanted = (part: string) => parts.length === 0 || parts.includes(part);
const partsOf = (stage: string) => stagePartsOf(serviceNames().map((name) => packageService(name, stage)));
const counts: Counts = {
  ...COUNTS,
  on: new Date().toISOString().slice(0, 10),
  ...(isWanted('flows') && { flows: await countFlows(RATES) }),
  ...(isWanted('calls') && (await countCalls({ requests: 100, batches: 10, batchSizes: RATES, scheduled: 5 }))),
  ...(isWanted('stages') && { stages: { dev: partsOf('dev'), production: partsOf('production') } }),
};
writeFileSync(FILE, `${JSON.stringify(counts, undefined, 2)}\n`);
