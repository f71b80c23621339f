import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { ServiceRegistration } from './service-registration.ts';
import { createServiceRegistry, type RegistryDeps, type ServiceRegistry } from './service-registry.ts';

const registration = (name: string, resources = {}): ServiceRegistration => ({
  ...{ name, stage: 'local', region: 'us-east-1', lambdaUrl: `http://${name}.test` },
  ...{ resources, extensions: {}, functions: {} },
});

describe('the registered services', () => {
  let registry: ServiceRegistry;
  let events: string[];
  let lines: string[];
  let running: Set<string>;
  let reachable: boolean;
  let joins: number;

  function open(deps: Partial<RegistryDeps> = {}): ServiceRegistry {
    registry = createServiceRegistry({
      prepare: async ({ name }) => void events.push(`prepare ${name}`),
      join: async ({ name }) => {
        joins += 1;
        const own = `${name} ${joins}`;
        running.add(own);
        return { stop: async () => void running.delete(own) };
      },
      reachable: async () => reachable,
      log: (line) => lines.push(line),
      ...deps,
    });
    return registry;
  }
  beforeEach(() => {
    events = [];
    lines = [];
    running = new Set();
    reachable = true;
    joins = 0;
  });
  afterEach(() => registry.close());

  const ready = (...names: string[]) => registry.waitFor(names, 2_000);

  it('have their resources first, and wait until their functions can be invoked', async () => {
    reachable = false;
    open();
    await registry.register(registration('a', { Table: {} }));
    expect(events).to.deep.equal(['prepare a']);
    const [status] = registry.statuses();
    expect(status).to.deep.equal({
      ...{ name: 'a', state: 'waiting', region: 'us-east-1', lambdaUrl: 'http://a.test' },
      ...{ resources: { Table: {} }, functions: {} },
    });
    expect(await registry.waitFor(['a', 'b'], 0)).to.deep.equal({ outcome: 'timed-out', missing: ['a', 'b'] });
    reachable = true;
    expect(await ready('a')).to.deep.equal({ outcome: 'ready' });
    expect([registry.statuses()[0]?.state, [...running], lines]).to.deep.equal([
      'ready',
      ['a 1'],
      ['Service a has joined'],
    ]);
  });

  it('are not there where their resources could not be made', async () => {
    open({ prepare: () => Promise.reject(new Error('no table')) });
    expect(await registry.register(registration('a')).catch((error: Error) => error.message)).to.equal('no table');
    expect(registry.statuses()).to.deep.equal([]);
  });

  it('stay waiting, with the reason in the log, where their event sources could not be started', async () => {
    open({ join: () => Promise.reject(new Error('no stream')) });
    await registry.register(registration('a'));
    await sleep(5);
    expect([registry.statuses()[0]?.state, lines]).to.deep.equal(['waiting', ['Service a could not join: no stream']]);
  });

  it('replace their event sources when they restart', async () => {
    open();
    await registry.register(registration('a'));
    await ready('a');
    await registry.register(registration('a', { Table: {} }));
    await ready('a');
    expect([...running]).to.deep.equal(['a 2']);
    expect(registry.statuses().map(({ resources }) => resources)).to.deep.equal([{ Table: {} }]);
  });

  it('end before they begin again, and before anybody is told that they have left', async () => {
    const order: string[] = [];
    open({
      prepare: async () => void order.push('prepare'),
      join: async () => ({
        stop: async () => {
          await sleep(5);
          order.push('stopped');
        },
      }),
    });
    await registry.register(registration('a'));
    await ready('a');
    await registry.register(registration('a'));
    await ready('a');
    await registry.unregister('a');
    order.push('left');
    expect(order).to.deep.equal(['prepare', 'stopped', 'prepare', 'stopped', 'left']);
  });

  it('run one set of event sources though they register twice at once', async () => {
    open({
      prepare: async () => {
        await sleep(5);
      },
    });
    await Promise.all([registry.register(registration('a')), registry.register(registration('a', { Table: {} }))]);
    await ready('a');
    await sleep(10);
    expect([...running]).to.have.length(1);
    expect(registry.statuses().map(({ resources }) => resources)).to.deep.equal([{ Table: {} }]);
  });

  it('do not hold each other up', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    open({ prepare: ({ name }) => (name === 'slow' ? held : Promise.resolve()) });
    const slow = registry.register(registration('slow'));
    await registry.register(registration('a'));
    expect(await ready('a')).to.deep.equal({ outcome: 'ready' });
    release();
    await slow;
  });

  it('end their event sources when they leave, and may leave before they have any', async () => {
    open();
    await registry.register(registration('a'));
    await ready('a');
    await registry.unregister('a');
    reachable = false;
    await registry.register(registration('b'));
    await registry.unregister('b');
    await registry.unregister('nobody');
    expect([[...running], registry.statuses()]).to.deep.equal([[], []]);
    reachable = true;
    await sleep(60);
    expect([...running]).to.deep.equal([]);
  });

  it('all end when the local AWS does', async () => {
    open();
    for (const name of ['a', 'b']) await registry.register(registration(name));
    await ready('a', 'b');
    await registry.close();
    expect([...running]).to.deep.equal([]);
  });
});
