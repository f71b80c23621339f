import { expect } from 'chai';
import { runSmoke, type SmokeClient, type SmokeDeps } from './run-smoke.ts';

/** A stage that counts each id once, and what is wrong with it. */
function createStage({
  counts = (ids: number) => ids,
  job = 'done',
  attempts = [{ status: 405 }] as readonly object[],
} = {}) {
  const ids = new Set<string>();
  const removed: string[] = [];
  let now = 0;
  const count = () => counts(ids.size);
  const take = (sent: readonly object[]) => {
    for (const { id } of sent as readonly { readonly id: string }[]) ids.add(id);
  };
  // Of each answer, only what is looked into.
  const client = {
    sendEvents: async ({ body }: Parameters<SmokeClient['sendEvents']>[0]) => take(body.events),
    getMetrics: async () => ({ total: { count: count() } }),
    askReport: async () => ({ id: 'i1' }),
    getReport: async () => ({ status: job, reason: 'stalled', links: { json: 'x' } }),
    createWebhook: async () => ({ id: 'i1' }),
    testWebhook: async () => ({ id: 'i1' }),
    getDelivery: async () => ({ attempts }),
    deleteWebhook: async () => void removed.push('i1'),
  } as unknown as SmokeClient;
  const deps: SmokeDeps = {
    client,
    put: async (event) => take([event]),
    read: async () => ({ total: { count: count() } }),
    ...{ webhookUrl: 'https://weir.example/v1/health', id: 'run', now: () => now },
    wait: async (ms) => {
      now += ms;
    },
    tell: () => undefined,
  };
  return { deps, removed };
}

describe('a smoke test', () => {
  const failure = ({ deps }: { deps: SmokeDeps }) =>
    runSmoke(deps).then(
      () => undefined,
      (error: Error) => error.message,
    );

  it('passes where each event counts once, and leaves no endpoint', async () => {
    const stage = createStage();
    expect(await failure(stage)).to.equal(undefined);
    expect(stage.removed).to.deep.equal(['i1']);
  });

  it('passes without the stream', async () => {
    const { deps } = createStage();
    expect(await failure({ deps: { ...deps, put: undefined } })).to.equal(undefined);
  });

  const faults: readonly [string, Parameters<typeof createStage>[0], RegExp][] = [
    ['an event counts twice', { counts: (ids) => ids + 1 }, /^7 events are counted, and not 6$/],
    ['an event is missing', { counts: (ids) => ids - 1 }, /^not after 120 s: all 6 events are counted$/],
    ['a report fails', { job: 'failed' }, /^report i1 failed: stalled$/],
    ['a report never ends', { job: 'running' }, /^not after 120 s: the report is done$/],
    ['no webhook is sent', { attempts: [] }, /is posted to$/],
    ['a webhook goes nowhere', { attempts: [{ error: 'refused-address' }] }, /cannot be posted to: refused-address$/],
  ];
  for (const [what, stage, message] of faults) {
    it(`fails if ${what}`, async () => {
      expect(await failure(createStage(stage))).to.match(message);
    });
  }
});
