import { expect } from 'chai';
import type { EventSourceMapping } from './event-source-mapping.ts';
import { openWhenThere } from './open-when-there.ts';
import { createVirtualClock, type VirtualClock } from './testing/virtual-clock.ts';

describe('opening a mapping', () => {
  let clock: VirtualClock;
  let lines: string[];
  let stopped: number;
  beforeEach(() => {
    clock = createVirtualClock();
    lines = [];
    stopped = 0;
  });
  afterEach(() => clock.stop());

  const mappingThatOpensAfter = (tries: number): EventSourceMapping & { opened: () => number } => {
    let count = 0;
    return {
      source: 'the queue jobs',
      opened: () => count,
      isWokenBy: () => false,
      open: async () => {
        count += 1;
        if (count <= tries) throw new Error('NoSuchQueue');
        return {
          wake: () => {},
          stop: async () => {
            stopped += 1;
          },
        };
      },
    };
  };
  const log = (line: string) => void lines.push(line);

  it('is over at once if the source exists', async () => {
    const source = await openWhenThere(mappingThatOpensAfter(0), { clock, log });
    await source.stop();
    expect({ stopped, lines }).to.deep.equal({ stopped: 1, lines: [] });
  });

  it('continues in the background until the source exists, and says so once', async () => {
    const mapping = mappingThatOpensAfter(3);
    const source = await openWhenThere(mapping, { clock, log });
    expect(source.waitsFor()).to.equal('Waits for the queue jobs: NoSuchQueue');
    const began = clock.now();
    await clock.sleep(5000, new AbortController().signal);
    expect(mapping.opened()).to.equal(4);
    expect(source.waitsFor()).to.equal(undefined);
    expect(clock.now() - began).to.be.at.least(1500);
    expect(lines).to.deep.equal(['Waits for the queue jobs: NoSuchQueue', 'the queue jobs is there now']);
    await source.stop();
    expect(stopped).to.equal(1);
  });

  it('ends while it waits', async () => {
    const mapping = mappingThatOpensAfter(1000);
    const source = await openWhenThere(mapping, { clock, log });
    await source.stop();
    const tries = mapping.opened();
    await clock.sleep(5000, new AbortController().signal);
    expect({ stopped, tries: mapping.opened() }).to.deep.equal({ stopped: 0, tries });
  });
});
