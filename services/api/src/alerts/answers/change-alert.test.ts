import { expect } from 'chai';
import { alertId, createAlertsApi, storedAlert, storedFiring } from '../../testing/alerts-api.ts';
import { expectProblem } from '../../testing/expect-problem.ts';
import { NOW } from '../../testing/users-api.ts';

const ID = alertId(1);
const LATER = NOW + 3_600_000;

describe('a change of a rule', () => {
  let now = NOW;
  let api: ReturnType<typeof createAlertsApi>;
  beforeEach(async () => {
    now = NOW;
    api = createAlertsApi({ now: () => now });
    await api.alerts.create(storedAlert(ID));
    now = LATER;
  });
  const patch = (body: object, id = ID) => api.call({ method: 'PATCH', path: `/v1/alerts/${id}`, body });
  const stored = () => api.alerts.find(ID);

  it('changes what it names, and leaves the rest', async () => {
    const changed = await patch({ threshold: 20, mutedUntil: '2026-01-01T00:00:00Z' });
    expect(changed.status).to.equal(200);
    expect(changed.body).to.include({ threshold: 20, name: 'Few orders', mutedUntil: '2026-01-01T00:00:00.000Z' });
    expect(changed.body).to.include({ updatedAt: '2025-11-24T17:20:30.500Z', createdAt: '2025-11-24T16:20:30.500Z' });
    expect(await stored()).to.deep.include({ revision: 2, threshold: 20, since: NOW });
    const unmuted = await patch({ mutedUntil: null });
    expect(unmuted.body).not.to.have.property('mutedUntil');
    expect((await patch({ threshold: null, relative: { to: 'day', percent: 5 } })).body).to.deep.include({
      relative: { to: 'day', percent: 5, minCount: 0 },
    });
    expect((await patch({ relative: { percent: 6 } })).body).to.deep.include({
      relative: { to: 'day', percent: 6, minCount: 0 },
    });
    expect((await patch({ comparison: 'silent', relative: null })).body).to.include({ comparison: 'silent' });
  });

  it('leaves what fires', async () => {
    const to = { version: 1, episode: { bucket: NOW, latest: NOW, told: NOW }, lastNotifiedAt: NOW };
    await api.alerts.fire(storedFiring(ID, NOW), { revision: 1, version: 0, to });
    expect((await patch({ threshold: 1 })).body).to.include({ state: 'firing' });
    expect(await stored()).to.deep.include({ state: to, revision: 2 });
  });

  for (const [body, begins] of [
    [{ threshold: 11 }, false],
    [{ name: 'n', channels: [], repeat: 'cooldown', cooldownSeconds: 5, lateSeconds: 5 }, false],
    [{ comparison: 'above' }, false],
    [{ action: 'view' }, true],
    [{ field: 'sum' }, true],
    [{ interval: 'hour' }, true],
    [{ enabled: false }, false],
  ] as const) {
    const when = begins ? 'judges from the next full bucket on' : 'goes on judging';
    it(`by ${JSON.stringify(body)} ${when}`, async () => {
      await patch(body);
      const next = 'interval' in body ? Date.UTC(2025, 10, 24, 18) : Date.UTC(2025, 10, 24, 17, 21);
      expect(await stored()).to.include({ since: begins ? next : NOW });
    });
  }

  it('that enables the rule again lets it judge from the next full bucket on', async () => {
    await patch({ enabled: false });
    await patch({ enabled: true });
    expect(await stored()).to.include({ since: Date.UTC(2025, 10, 24, 17, 21) });
  });

  it('that would make a bad rule is refused, and changes nothing', async () => {
    const before = await stored();
    for (const body of [
      { threshold: null },
      { field: 'p95' },
      { channels: [{ type: 'webhook', endpointId: 'e2' }] },
      { unknown: null },
      { unknown: 1 },
      { name: null },
      [],
    ]) {
      expectProblem(await patch(body), 'invalid-body');
    }
    expectProblem(await patch({ threshold: 1 }, alertId(2)), 'resource-not-found');
    expect(await stored()).to.deep.equal(before);
  });

  it('can be made whatever has become of the endpoints and the actions of the rule', async () => {
    const channels = [{ type: 'webhook', endpointId: 'removed' }] as const;
    const more = { action: 'a.*', field: 'users', interval: 'hour', channels } as const;
    await api.alerts.create(storedAlert(alertId(3), more));
    api.reader.actions = Array.from({ length: 101 }, (_, at) => ({
      ...{ action: `a.${at}`, count: 1, firstSeen: 0, lastSeen: NOW },
    }));
    expect((await patch({ mutedUntil: '2026-01-01T00:00:00Z' }, alertId(3))).status).to.equal(200);
    expect((await patch({ enabled: false }, alertId(3))).status).to.equal(200);
    expectProblem(
      await patch({ channels: [...channels, { type: 'webhook', endpointId: 'e2' }] }, alertId(3)),
      'invalid-body',
    );
    expectProblem(await patch({ action: 'a*' }, alertId(3)), 'invalid-body');
  });

  it('is made from the rule as it is then, if another request was faster', async () => {
    const { update } = api.alerts;
    let races = 2;
    api.alerts.update = async (alert, read) => {
      const current = await stored();
      if (races-- > 0 && current) {
        await update.call(api.alerts, { ...current, cooldownSeconds: races }, { revision: current.revision });
      }
      return update.call(api.alerts, alert, read);
    };
    expect((await patch({ threshold: 30 })).body).to.include({ threshold: 30, cooldownSeconds: 0 });
    expect(await stored()).to.include({ revision: 4 });
    races = 99;
    expectProblem(await patch({ threshold: 40 }), 'conflict');
    expect(await stored()).to.include({ threshold: 30 });
  });
});
