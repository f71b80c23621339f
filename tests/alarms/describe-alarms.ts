import { expect } from 'chai';
import { askedAlarms } from '../templates/canary/asked-alarms.ts';
import { holds } from '../templates/conditions.ts';
import type { Template } from '../templates/template.ts';
import { apiSituations } from './api/api-situations.ts';
import { ApiWorld } from './api/api-world.ts';
import { type Alarm, alarmsOf } from './cloudwatch/alarm.ts';
import type { AlarmState } from './cloudwatch/alarm-state.ts';
import { type CompositeAlarm, compositesOf } from './cloudwatch/composite-alarm.ts';
import { ingestSituations } from './ingest-stream/ingest-situations.ts';
import { IngestWorld } from './ingest-stream/ingest-world.ts';
import { notificationsSituations } from './notifications/notifications-situations.ts';
import { NotificationsWorld } from './notifications/notifications-world.ts';
import { reportsSituations } from './reports/reports-situations.ts';
import { ReportsWorld } from './reports/reports-world.ts';
import { faultsOf, play, type Situation, type World } from './situation.ts';
import { versionSituations } from './versions/version-situations.ts';
import { VersionsWorld } from './versions/versions-world.ts';

/** A day, for periods of less than an hour: CloudWatch takes no alarm that looks further back. */
const MAX_RANGE_MS = 86_400_000;
const MAX_METRICS = 10;
const MAX_DESCRIPTION = 1024;

/** Tests of a service's alarms, on its packaged template. */
export function describeAlarms(service: string, template: () => Template): void {
  if (service === 'api') describeService(service, template, apiSituations, (own) => new ApiWorld(own));
  else if (service === 'ingest-stream') {
    describeService(service, template, ingestSituations, (own) => new IngestWorld(own));
  } else if (service === 'reports') {
    describeService(service, template, reportsSituations, (own) => new ReportsWorld(own));
  } else if (service === 'notifications') {
    describeService(service, template, notificationsSituations, (own) => new NotificationsWorld(own));
  } else {
    it('has no alarm without a situation', () => {
      const next = `add tests/alarms/${service} with its situations, and name them in describeAlarms`;
      expect(alarmsOf(template()), next).to.deep.equal([]);
    });
  }
}

function describeService<W extends World>(
  service: string,
  template: () => Template,
  ...[situations, createWorld]: [readonly Situation<W>[], (template: Template) => W]
): void {
  describe(`the alarms of ${service}`, () => {
    let alarms: readonly Alarm[];
    /** Those of new versions, which tell CodeDeploy alone, with their functions. */
    let asked: ReadonlyMap<string, string>;
    /** All others. */
    let ids: readonly string[];
    let composites: readonly CompositeAlarm[];
    before(() => {
      alarms = alarmsOf(template());
      asked = askedAlarms(template());
      ids = alarms.map(({ id }) => id).filter((id) => !asked.has(id));
      composites = compositesOf(template(), () => true);
    });

    it('are valid in CloudWatch', () => {
      for (const { id, description, source, periodMs, evaluationPeriods } of alarms) {
        expect(description, id).to.have.length.below(MAX_DESCRIPTION);
        expect(source.metrics, id).to.have.length.within(1, MAX_METRICS);
        expect(periodMs * evaluationPeriods, id).to.be.at.most(MAX_RANGE_MS);
      }
    });

    it('each rise in a simulated situation', () => {
      const all = [...situations, ...versionSituations(asked)];
      const raised = new Set(all.flatMap(({ raises }) => Object.keys(raises)));
      const existing = alarms.map(({ id }) => id);
      const missing = existing.filter((id) => !raised.has(id));
      const next = `add a situation to tests/alarms/${service}, with the alarm in "raises"`;
      expect(missing, `alarms without a situation: ${next}`).to.deep.equal([]);
      expect(existing).to.include.members([...raised]);
    });

    it('raise a composite alarm together, which falls with the last of them', () => {
      const own = (condition?: string) => holds(template(), condition);
      expect(composites).to.have.length(1);
      for (const { isUp } of composites) expectTogether(isUp, ids);
      // Those that the stage really has: it may lack some.
      const existing = ids.filter((id) => own(template().Resources[id]?.Condition));
      for (const { isUp } of compositesOf(template(), own)) expectTogether(isUp, existing);
    });

    it('raise no composite alarm if they are for CodeDeploy alone', () => {
      const states = new Map(alarms.map(({ id }): [string, AlarmState] => [id, asked.has(id) ? 'ALARM' : 'OK']));
      for (const { isUp } of composites) expect(isUp(states)).to.equal(false);
    });

    it('of new versions each rise for their own function, and fall', async () => {
      const watch = { alarms: alarms.filter(({ id }) => asked.has(id)), composites: [] };
      for (const situation of versionSituations(asked)) {
        const course = await play(new VersionsWorld(template(), [...new Set(asked.values())]), situation);
        expect(faultsOf(watch, situation, course), situation.name).to.deep.equal([]);
      }
    });

    it('are missed by the composite alarm that names them, if the template lacks one', () => {
      const [first, ...others] = ids.map((id) => [id, 'OK'] as const);
      for (const { isUp } of composites) expect(() => isUp(new Map(others))).to.throw(`names ${first?.[0]}`);
    });

    for (const situation of situations) {
      const raised = Object.keys(situation.raises);
      it(`${raised.length > 0 ? `${raised.join(' and ')}:` : 'stay quiet:'} ${situation.name}`, async () => {
        const told = alarms.filter(({ id }) => !asked.has(id));
        const course = await play(createWorld(template()), situation);
        expect(faultsOf({ alarms: told, composites }, situation, course)).to.deep.equal([]);
      });
    }
  });
}

/**
 * Each alarm alone raises the composite alarm. When all are up and fall one after the other, it falls with the last.
 */
function expectTogether(isUp: CompositeAlarm['isUp'], ids: readonly string[]): void {
  const isUpWith = (up: readonly string[]) =>
    isUp(new Map(ids.map((id): [string, AlarmState] => [id, up.includes(id) ? 'ALARM' : 'OK'])));
  for (const [at, id] of ids.entries()) {
    expect(isUpWith([id]), id).to.equal(true);
    expect(isUpWith(ids.slice(at)), `from ${id} on`).to.equal(true);
  }
  expect(isUpWith([])).to.equal(false);
}
