import { countFlows } from '@weir/bench/src/cost/count-flows.ts';
import { COUNTS, type StageParts } from '@weir/bench/src/cost/counts.ts';
import { costOfIdle } from '@weir/bench/src/cost/idle-stage.ts';
import { totalOf } from '@weir/bench/src/cost/million-events.ts';
import { expect } from 'chai';
import { packageService, serviceNames } from '../templates/package-service.ts';
import { type CountedCalls, countCalls } from './count-calls.ts';
import { emittedMetrics } from './emitted-metrics.ts';
import { stagePartsOf } from './stage-parts.ts';

/** A short run starts with empty tables, folds once, and has other sizes of requests. */
const NEAR = 1.5;
/** How much of the log waits to be folded is chance. */
const UNITS_NEAR = 20;
/** CPU, on a machine that does other work too. */
const CPU_NEAR = 6;

/** Some alarms more or less need no new count. */
const DOLLARS_NEAR = 3;

describe('what docs/cost.md is computed from', function () {
  this.timeout(300_000);
  let counted: CountedCalls;

  before(async () => {
    counted = await countCalls({ requests: 5, batches: 2, batchSizes: [100], scheduled: 1 });
  });

  it('are the calls of AWS that each function makes', () => {
    for (const [name, { calls, readUnits, writeUnits }] of Object.entries(counted.calls)) {
      const committed = COUNTS.calls[name];
      expect(committed, `${name}: npm run count-cost`).to.not.equal(undefined);
      for (const action of new Set([...Object.keys(calls), ...Object.keys(committed?.calls ?? {})])) {
        expectNear(calls[action], [committed?.calls[action], `${name}: ${action}`]);
      }
      expectNear(readUnits, [committed?.readUnits, `${name}: read units`], UNITS_NEAR);
      expectNear(writeUnits, [committed?.writeUnits, `${name}: write units`], UNITS_NEAR);
    }
  });

  it('are what each function takes and prints, as far as another machine can tell', () => {
    for (const [name, { cpuMs, logBytes }] of Object.entries(counted.calls)) {
      const committed = COUNTS.calls[name];
      expect(cpuMs, `${name}: CPU`).to.be.below((committed?.cpuMs ?? 0) * CPU_NEAR + 20);
      expectNear(logBytes, [committed?.logBytes, `${name}: bytes of log`], 300);
    }
  });

  it('are the metrics of an idle stage', () => {
    expect(counted.idleMetrics).to.deep.equal(COUNTS.idleMetrics);
  });

  it('are the units of a flow', async () => {
    const { 100: flow } = await countFlows([100], { seconds: 300 });
    expectNear(flow?.writeUnits, [COUNTS.flows[100]?.writeUnits, 'write units']);
    expectNear(flow?.batches, [COUNTS.flows[100]?.batches, 'batches']);
  });

  for (const stage of ['dev', 'production'] as const) {
    it(`are the parts of the stage ${stage}, to within a few dollars`, () => {
      const parts = stagePartsOf(serviceNames().map((name) => packageService(name, stage)));
      const [now, committed] = [parts, COUNTS.stages[stage]];
      expect(now.limits).to.deep.equal(committed.limits);
      const dollars = (of: StageParts) => totalOf(costOfIdle(COUNTS, of));
      expect(dollars(now), 'npm run count-cost').to.be.closeTo(dollars(committed), DOLLARS_NEAR);
    });
  }

  it('find the metrics in what a function prints', () => {
    const line = {
      _aws: { CloudWatchMetrics: [{ Namespace: 'Weir', Dimensions: [['a']], Metrics: [{ Name: 'M' }] }] },
    };
    expect(emittedMetrics(`text\n${JSON.stringify({ ...line, a: 'x', M: 1 })}\n`)).to.deep.equal(['Weir M x']);
  });
});

/** Small counts may differ by a call more or less. */
function expectNear(value = 0, [committed = 0, what]: readonly [number | undefined, string], slack = 1): void {
  const [few = 0, many = 0] = [value, committed].sort((one, other) => one - other);
  const said = `${what}: ${value} now, ${committed} in counts.json (npm run count-cost)`;
  expect(many, said).to.be.at.most(few * NEAR + slack);
}
