import { expect } from 'chai';
import { runSmoke, type SmokeDeps } from './run-smoke.ts';

/** A stage that counts each id once, and what is wrong with it. */
function createStage({
  counts = (ids: number) => ids,
  job = 'done',
  attempts = [{ status: 405 }] as readonly object[],
} = {}) {
  const ids = new Set<string>();
  const calls: string[] = [];
  let now = 0;
  const count = () => counts(ids.size);
  const deps: SmokeDeps = {
    call: async (method, path, body) => {
      const [, resource = ''] = path.split('/');
      calls.push(`${method} /${resource.split('?')[0]}`);
      if (path === '/events') for (const { id } of (body as { events: { id: string }[] }).events) ids.add(id);
      if (path.startsWith('/metrics/')) return { total: { count: count() } };
      if (path.startsWith('/reports/')) return { status: job, reason: 'stalled', links: { json: 'x' } };
      return path.includes('/deliveries/') ? { attempts } : { id: 'i1' };
    },
    put: async (event) => void ids.add((event as { id: string }).id),
    read: async () => ({ total: { count: count() } }),
    ...{ webhookUrl: 'https://weir.example/v1/health', id: 'run', now: () => now },
    wait: async (ms) => {
      now += ms;
    },
    tell: () => undefined,
  };
  return { deps, calls };
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
    expect(stage.calls.at(-1)).to.equal('DELETE /webhooks');
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
