import type { EventStream, StreamEntry } from '../events/event-stream.ts';

/** A stream that stores its events and can be down. */
export interface StubEventStream extends EventStream {
  readonly entries: StreamEntry[];
  isDown: boolean;
}

/** Makes an empty stream. */
export function createStubEventStream(): StubEventStream {
  const entries: StreamEntry[] = [];
  return {
    entries,
    isDown: false,
    async put(given) {
      if (this.isDown) return { kind: 'unavailable', missing: given.length };
      entries.push(...given);
      return { kind: 'stored' };
    },
  };
}
