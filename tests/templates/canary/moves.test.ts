import { expect } from 'chai';
import type { Reading } from '../../alarms/cloudwatch/alarm-state.ts';
import type { MetricId } from '../../alarms/cloudwatch/datapoints.ts';
import type { Template } from '../template.ts';
import { aliasesOf, KIND, packageCanary, STAGE } from './canary-stage.ts';
import { failedAnswer } from './failed-answer.ts';
import { type Move, type Moved, moveCalls, type Version } from './simulated-code-deploy.ts';

const MINUTE_MS = 60_000;
/** What CloudWatch's documents leave open. */
const READINGS: readonly Reading[] = [0, 2 * MINUTE_MS].flatMap((delayMs) =>
  [true, false].map((missingIsZero) => ({ extraPeriods: 2, delayMs, missingIsZero })),
);

const works: Version = () => 'answers';
const throws: Version = () => 'throws';
const answers5xx: Version = () => 'answers 5xx';
const failsOneIn =
  (calls: number): Version =>
  (call) =>
    call % calls === calls - 1 ? 'answers 5xx' : 'answers';
/** It answers the probe, and nothing after it. */
const failsLater: Version = (call) => (call === 0 ? 'answers' : 'throws');

describe('calls move to a new version', function () {
  this.timeout(120_000);
  let template: Template;
  let failed: MetricId;

  before(async () => {
    failed = await failedAnswer('weir-api-production-metrics', STAGE);
    template = packageCanary().template;
  });

  /** The same with each reading. */
  async function moved(given: Partial<Move>): Promise<readonly Moved[]> {
    const move = {
      template,
      functionId: 'MetricsLambdaFunction',
      callsPerMinute: 100,
      old: works,
      fresh: works,
      failed,
    };
    return Promise.all(READINGS.map((reading) => moveCalls({ ...move, ...given, reading })));
  }

  it('in two steps, if it works', async () => {
    for (const end of await moved({})) expect(end).to.include({ ended: 'succeeded', minutes: 5, calls: 50 });
  });

  it('and back, whichever function it is of', async () => {
    const functionIds = [...aliasesOf(template).keys()];
    expect(functionIds).to.have.length(10);
    for (const functionId of functionIds) {
      for (const { ended } of await moved({ functionId })) expect(ended, functionId).to.equal('succeeded');
      for (const { ended } of await moved({ functionId, fresh: failsLater })) {
        expect(ended, functionId).to.equal('stopped by an alarm');
      }
      for (const { ended } of await moved({ functionId, fresh: answers5xx })) {
        expect(ended, functionId).to.equal('refused by the probe');
      }
    }
  });

  it('and back, if calls throw: few callers see it', async () => {
    for (const end of await moved({ fresh: failsLater })) {
      expect(end.ended).to.equal('stopped by an alarm');
      expect(end.failed).to.be.within(1, 30);
    }
  });

  it('and back, if calls are answered with a 5xx, which Lambda does not count', async () => {
    const fresh: Version = (call) => (call === 0 ? 'answers' : 'answers 5xx');
    for (const { ended } of await moved({ fresh })) expect(ended).to.equal('stopped by an alarm');
  });

  it('and back, if two in a hundred fail; one in two hundred may', async () => {
    const busy = { callsPerMinute: 10_000 };
    for (const { ended } of await moved({ ...busy, fresh: failsOneIn(50) })) expect(ended).to.match(/alarm/);
    for (const { ended } of await moved({ ...busy, fresh: failsOneIn(200) })) expect(ended).to.equal('succeeded');
  });

  for (const callsPerMinute of [0, 100]) {
    it(`never, if it does not answer its probe, with ${callsPerMinute} calls a minute`, async () => {
      for (const fresh of [throws, answers5xx]) {
        const none = { ended: 'refused by the probe', calls: 0 };
        for (const end of await moved({ callsPerMinute, fresh })) expect(end).to.include(none);
      }
    });
  }

  it('without traffic: no alarm can see a version there', async () => {
    for (const { ended } of await moved({ callsPerMinute: 0, fresh: failsLater })) expect(ended).to.equal('succeeded');
  });

  it('although the old version fails: the new one is its fix', async () => {
    for (const old of [throws, answers5xx]) {
      for (const { ended } of await moved({ old })) expect(ended).to.equal('succeeded');
    }
  });

  it('not while both fail for another reason; all at once they do', async () => {
    const outage = { old: throws, fresh: failsLater };
    for (const { ended } of await moved(outage)) expect(ended).to.equal('stopped by an alarm');
    const atOnce = JSON.parse(JSON.stringify(template), (key, value) => (key === 'UpdatePolicy' ? undefined : value));
    for (const { ended } of await moved({ ...outage, template: atOnce })) expect(ended).to.equal('all at once');
  });

  it('a tenth a minute, if the stage asks for that', async () => {
    const text = JSON.stringify(template).replaceAll(`Lambda${KIND}`, 'LambdaLinear10PercentEvery1Minute');
    const linear = JSON.parse(text) as Template;
    for (const end of await moved({ template: linear })) expect(end).to.include({ ended: 'succeeded', minutes: 9 });
    for (const end of await moved({ template: linear, fresh: failsLater })) {
      expect(end.ended).to.equal('stopped by an alarm');
      expect(end.failed).to.be.below(70);
    }
  });
});
