import { expect } from 'chai';
import { toEntry } from './entry.ts';
import { InvalidEventError } from './event-errors.ts';
import type { ClientEvent } from './types.ts';

const NOW = { newId: () => 'made', now: () => 1_764_000_000_000 };

describe('toEntry', () => {
  it('gives an event its id and its time, once', () => {
    const { event, text, bytes } = toEntry({ userId: 'é', action: 'a' }, NOW);
    expect(event).to.deep.equal({ userId: 'é', action: 'a', id: 'made', timestamp: 1_764_000_000_000 });
    expect(JSON.parse(text)).to.deep.equal(event);
    expect(bytes).to.equal(Buffer.byteLength(text));
  });

  it('keeps what the event has', () => {
    const given = { id: 'order-7', userId: 'u', action: 'a', timestamp: '2025-11-24T16:00:00Z', value: 1 };
    expect(toEntry(given, NOW).event).to.deep.equal(given);
    expect(toEntry({ ...given, timestamp: new Date(5) }, NOW).event.timestamp).to.equal(5);
  });

  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  for (const [name, properties] of [
    ['NaN', { ratio: Number.NaN }],
    ['an infinity', { ratio: Number.NEGATIVE_INFINITY }],
    ['a BigInt', { big: 1n }],
    ['a cycle', cycle],
  ] as const) {
    it(`refuses ${name}, which JSON cannot hold`, () => {
      const event = { userId: 'u', action: 'a', properties } as unknown as ClientEvent;
      expect(() => toEntry(event, NOW)).to.throw(InvalidEventError, 'the event cannot be written as JSON: ');
    });
  }
});
