import { expect } from 'chai';
import { SERVICES } from '../changes/services-to-deploy.ts';
import { createFakeStage } from '../testing/fake-stage.ts';
import { removeStage, stackName } from './remove-stage.ts';

const STAGE = 'pr-17-3fa9c2';
const [INGEST = '', REPORTS = '', NOTIFICATIONS = '', API = ''] = SERVICES.map((service) => stackName(service, STAGE));
const ORDER = [API, NOTIFICATIONS, REPORTS, INGEST];

describe('the removal of a stage', () => {
  const remove = (fake: ReturnType<typeof createFakeStage>, stage = STAGE, confirmed?: string) =>
    removeStage(fake.deps, { stage, region: 'us-east-1', confirmed }).then(
      () => undefined,
      (error: Error) => error.message,
    );

  it('removes those that use another’s resources first, and can be run again', async () => {
    const fake = createFakeStage(STAGE, {});
    expect(await remove(fake)).to.equal(undefined);
    expect(fake.calls).to.deep.equal(ORDER.map((name) => `remove ${name}`));
    expect(await remove(fake)).to.equal(undefined);
    expect(fake.calls).to.have.length(SERVICES.length);
  });

  for (const failing of SERVICES) {
    it(`goes no further where the removal of ${failing} fails, and goes on there when it is run again`, async () => {
      const fake = createFakeStage(STAGE, { failing: new Set([failing]) });
      expect(await remove(fake)).to.match(new RegExp(`^weir-${failing}-${STAGE} is not removed`));
      fake.options.failing.clear();
      expect(await remove(fake)).to.equal(undefined);
      const [at] = [ORDER.indexOf(stackName(failing, STAGE))];
      const tried = [...ORDER.slice(0, at + 1), ...ORDER.slice(at)];
      expect(fake.calls).to.deep.equal(tried.map((name) => `remove ${name}`));
    });
  }

  it('waits until CloudFormation has ended what it does with a stack', async () => {
    const fake = createFakeStage(STAGE, {});
    fake.statuses.set(API, ['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_COMPLETE']);
    fake.statuses.set(REPORTS, ['DELETE_IN_PROGRESS']);
    fake.statuses.set(INGEST, ['REVIEW_IN_PROGRESS']);
    expect(await remove(fake)).to.equal(undefined);
    const waits = (times: number) => Array.from({ length: times }, () => 'wait 10000');
    expect(fake.calls).to.deep.equal([
      ...[...waits(2), `remove ${API}`, `remove ${NOTIFICATIONS}`],
      // It was being removed already, and is gone then.
      ...[...waits(1), `remove ${INGEST}`],
    ]);
  });

  it('gives up on a stack that CloudFormation never ends', async () => {
    const fake = createFakeStage(STAGE, {});
    fake.statuses.set(
      API,
      Array.from({ length: 1000 }, () => 'UPDATE_IN_PROGRESS'),
    );
    expect(await remove(fake)).to.match(/is still UPDATE_IN_PROGRESS after 30 minutes$/);
  });

  it('is refused for production and for a stage that keeps data, unless somebody says its name again', async () => {
    for (const [stage, kept, reason] of [
      ['production', [], /^production is production: .* --confirm production$/],
      ['production-eu', [], /^production-eu is production/],
      ['staging', ['EventStream'], /^staging keeps data, .*\(EventStream\): .* --confirm staging$/],
    ] as const) {
      const fake = createFakeStage(stage, { kept });
      expect(await remove(fake, stage)).to.match(reason);
      expect(await remove(fake, stage, 'pr-1')).to.match(reason);
      expect(fake.calls).to.deep.equal([]);
      expect(await remove(fake, stage, stage)).to.equal(undefined);
      expect(fake.calls).to.have.length(SERVICES.length);
    }
  });
});
