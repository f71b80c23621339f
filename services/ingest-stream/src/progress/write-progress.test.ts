import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { silentLog, silentMeter } from '@weir/logging';
import { expect } from 'chai';
import { ARRIVAL_SLACK_MS } from './closed-up-to.ts';
import { ProgressWriter } from './write-progress.ts';

const NOW = Date.UTC(2026, 0, 10, 11, 30);
const MINUTE_MS = 60_000;

describe('the writer of progress', () => {
  let store: MemoryMetricsStore;
  let time: number;
  let isBroken: boolean;
  let ages: number[];
  const newWriter = () =>
    new ProgressWriter({
      store,
      now: () => time,
      log: silentLog,
      meter: { ...silentMeter, observe: (_name, _unit, value) => ages.push(value) },
      stream: {
        async listShards() {
          if (isBroken) throw new Error('throttled');
          return [];
        },
        async *readFrom() {},
      },
    });
  beforeEach(() => {
    store = new MemoryMetricsStore();
    time = NOW;
    isBroken = false;
    ages = [];
  });

  it('writes it, and says how old it is', async () => {
    await newWriter().write();
    expect(await store.readProgress()).to.deep.equal({ closedUpTo: NOW - ARRIVAL_SLACK_MS, at: NOW });
    expect(ages).to.deep.equal([5]);
  });

  it('keeps what is later already', async () => {
    await store.writeProgress({ closedUpTo: NOW, at: 1 });
    await newWriter().write();
    expect(await store.readProgress()).to.deep.equal({ closedUpTo: NOW, at: 1 });
    expect(ages).to.deep.equal([0]);
  });

  it('says how old it has become while it cannot be found, and does not throw', async () => {
    await newWriter().write();
    isBroken = true;
    time += 10 * MINUTE_MS;
    await newWriter().write();
    store.readProgress = () => Promise.reject(new Error('throttled'));
    await newWriter().write();
    expect(ages).to.deep.equal([5, 605, 0]);
  });

  it('grows older from its start on, if it never finds one', async () => {
    isBroken = true;
    const writer = newWriter();
    for (let minute = 0; minute < 3; minute++, time += MINUTE_MS) await writer.write();
    expect(ages).to.deep.equal([0, 60, 120]);
  });
});
