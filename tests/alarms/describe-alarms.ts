import { expect } from 'chai';
import type { Template } from '../templates/template.ts';
import { apiSituations } from './api/api-situations.ts';
import { ApiWorld } from './api/api-world.ts';
import { type Alarm, alarmsOf } from './cloudwatch/alarm.ts';
import { ingestSituations } from './ingest-stream/ingest-situations.ts';
import { IngestWorld } from './ingest-stream/ingest-world.ts';
import { notificationsSituations } from './notifications/notifications-situations.ts';
import { NotificationsWorld } from './notifications/notifications-world.ts';
import { reportsSituations } from './reports/reports-situations.ts';
import { ReportsWorld } from './reports/reports-world.ts';
import { faultsOf, play, type Situation, type World } from './situation.ts';

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
    before(() => {
      alarms = alarmsOf(template());
    });

    it('are valid in CloudWatch', () => {
      for (const { id, description, source, periodMs, evaluationPeriods } of alarms) {
        expect(description, id).to.have.length.below(MAX_DESCRIPTION);
        expect(source.metrics, id).to.have.length.within(1, MAX_METRICS);
        expect(periodMs * evaluationPeriods, id).to.be.at.most(MAX_RANGE_MS);
      }
    });

    it('each rise in a simulated situation', () => {
      const raised = new Set(situations.flatMap(({ raises }) => Object.keys(raises)));
      const ids = alarms.map(({ id }) => id);
      const missing = ids.filter((id) => !raised.has(id));
      const next = `add a situation to tests/alarms/${service}, with the alarm in "raises"`;
      expect(missing, `alarms without a situation: ${next}`).to.deep.equal([]);
      expect(ids).to.include.members([...raised]);
    });

    for (const situation of situations) {
      const raised = Object.keys(situation.raises);
      it(`${raised.length > 0 ? `${raised.join(' and ')}:` : 'stay quiet:'} ${situation.name}`, async () => {
        const course = await play(createWorld(template()), situation);
        expect(alarms.flatMap((alarm) => faultsOf(alarm, situation, course))).to.deep.equal([]);
      });
    }
  });
}
