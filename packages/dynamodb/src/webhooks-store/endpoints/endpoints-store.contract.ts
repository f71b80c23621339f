import { expect } from 'chai';
import { type Endpoint, type EndpointsStore, GOOD_HEALTH, MAX_ENDPOINTS, type NewEndpoint } from './endpoints-store.ts';

const endpoint = (id: string, more: Partial<NewEndpoint> = {}): NewEndpoint => ({
  ...{ id, url: `https://${id}.example/hooks`, events: ['alert.fired', 'report.ready'], format: 'standard' },
  ...{ asymmetric: true, secrets: [{ secret: 'whsec_1', until: undefined }], createdAt: 7, keyId: 'k1', ...more },
});
const GONE = { reason: 'gone', since: 50 } as const;
const BAD = { firstFailureAt: 40, failures: 3, slow: true, pausedUntil: 60 } as const;

/** What every implementation of the store must do with endpoints. `open` gives an empty one. */
export function describeEndpointsStore(name: string, open: () => Promise<EndpointsStore>): void {
  describe(`the endpoints ${name}`, () => {
    let store: EndpointsStore;
    beforeEach(async () => {
      store = await open();
    });
    const create = async (made = endpoint('e1')): Promise<Endpoint> => {
      expect(await store.createEndpoint(made)).to.equal('created');
      return read(made.id);
    };
    const read = async (id = 'e1') => (await store.findEndpoint(id)) as Endpoint;

    it('are found as they were made, and no other', async () => {
      const slack = endpoint('e2', { format: 'slack', asymmetric: false, secrets: [] });
      const state = { status: 'enabled', disabled: undefined, revision: 0, health: { ...GOOD_HEALTH, revision: 0 } };
      expect(await create()).to.deep.equal({ ...endpoint('e1'), ...state });
      expect(await create(slack)).to.deep.equal({ ...slack, ...state });
      expect(await store.findEndpoint('e')).to.equal(undefined);
    });

    it('are made once, and a changed one is not overwritten', async () => {
      const made = await create();
      await store.updateEndpoint(made, { url: 'https://new.example' });
      expect(await store.createEndpoint(endpoint('e1'))).to.equal('exists');
      expect((await read()).url).to.equal('https://new.example');
    });

    it('are a hundred at most', async () => {
      for (let index = 0; index < MAX_ENDPOINTS; index++) await create(endpoint(`e${index}`));
      expect(await store.createEndpoint(endpoint('more'))).to.equal('full');
      expect(await store.createEndpoint(endpoint('e7')), 'a repeated request').to.equal('exists');
      await store.removeEndpoint('e5', 7);
      await create(endpoint('more'));
    });

    it('are listed by id, in pages, and all at once', async () => {
      for (const id of ['e3', 'e1', 'e2']) await create(endpoint(id));
      const ids = (endpoints: readonly Endpoint[]) => endpoints.map(({ id }) => id);
      const first = await store.listEndpoints({ after: undefined, limit: 2 });
      expect([ids(first.endpoints), first.next]).to.deep.equal([['e1', 'e2'], 'e2']);
      const last = await store.listEndpoints({ after: 'e2', limit: 1 });
      expect([ids(last.endpoints), last.next]).to.deep.equal([['e3'], undefined]);
      expect(ids(await store.allEndpoints())).to.deep.equal(['e1', 'e2', 'e3']);
    });

    it('keep what a change leaves out', async () => {
      const made = await create();
      const secrets = [
        { secret: 'whsec_2', until: undefined },
        { secret: 'whsec_1', until: 99 },
      ];
      expect(await store.updateEndpoint(made, { secrets })).to.deep.equal({ ...made, secrets, revision: 1 });
      const moved = await store.updateEndpoint({ id: 'e1', revision: 1 }, { url: 'https://x.example', events: ['a'] });
      const health = { ...GOOD_HEALTH, revision: 1 };
      expect(moved).to.deep.equal({ ...made, secrets, url: 'https://x.example', events: ['a'], revision: 2, health });
      expect(await read()).to.deep.equal(moved);
    });

    it('are changed by the first of two callers that have read the same', async () => {
      const made = await create();
      expect(await store.updateEndpoint(made, { url: 'https://first.example' })).to.include({ revision: 1 });
      expect(await store.updateEndpoint(made, { url: 'https://second.example' })).to.equal(undefined);
      expect((await read()).url).to.equal('https://first.example');
    });

    it('are gone when they were removed: no change brings one back', async () => {
      const made = await create();
      expect(await store.removeEndpoint('e1', 7)).to.equal(true);
      expect(await store.removeEndpoint('e1', 7)).to.equal(false);
      expect(await store.createEndpoint(endpoint('e1')), 'it would get what was sent to the other').to.equal('removed');
      expect(await store.updateEndpoint(made, { url: 'https://x.example' })).to.equal(undefined);
      expect(await store.setHealth(made, BAD)).to.equal(false);
      expect(await store.disableEndpoint(made, GONE)).to.equal(false);
      expect(await store.findEndpoint('e1')).to.equal(undefined);
    });

    it('take a health on condition of the one that was read, beside other changes', async () => {
      const made = await create();
      expect(await store.setHealth(made, BAD)).to.equal(true);
      expect(await store.setHealth(made, GOOD_HEALTH)).to.equal(false);
      expect(await store.updateEndpoint(made, { events: ['a'] })).to.deep.include({ health: { ...BAD, revision: 1 } });
      expect(await store.setHealth(await read(), GOOD_HEALTH)).to.equal(true);
      expect((await read()).health).to.deep.equal({ ...GOOD_HEALTH, revision: 2 });
    });

    it('are disabled for one reason, and not if a success came meanwhile', async () => {
      const made = await create();
      await store.setHealth(made, BAD);
      expect(await store.disableEndpoint(made, GONE)).to.equal(false);
      const failing = await read();
      expect(await store.disableEndpoint(failing, GONE)).to.equal(true);
      expect(await store.disableEndpoint(await read(), { reason: 'failing', since: 70 })).to.equal(false);
      expect(await read()).to.deep.include({ status: 'disabled', disabled: GONE, revision: 1, health: failing.health });
    });

    it('are not disabled for what their address before a change did', async () => {
      const made = await create();
      await store.updateEndpoint(made, { url: 'https://x.example' });
      expect(await store.disableEndpoint(made, GONE)).to.equal(false);
    });

    it('begin with a good health when they are enabled again', async () => {
      await store.setHealth(await create(), BAD);
      const asked = { reason: 'asked', since: 80 } as const;
      const disabled = await store.updateEndpoint(await read(), { disabled: asked });
      expect(disabled).to.deep.include({ status: 'disabled', disabled: asked });
      const enabled = await store.updateEndpoint(disabled as Endpoint, { disabled: null });
      const good = { ...GOOD_HEALTH, revision: 2 };
      expect(enabled).to.deep.include({ status: 'enabled', disabled: undefined, health: good });
      expect(await store.setHealth(disabled as Endpoint, BAD), 'a failure from before').to.equal(false);
      expect(await read()).to.deep.equal(enabled);
    });
  });
}
