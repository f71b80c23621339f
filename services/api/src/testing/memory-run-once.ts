import type { OnceRequest, RunOnce } from '../idempotency/run-once.ts';

/** A `RunOnce` in memory that records its requests and can be down. */
export interface MemoryRunOnce {
  readonly runOnce: RunOnce;
  readonly requests: OnceRequest[];
  readonly texts: Map<string, string>;
  isDown: boolean;
}

/** Makes one without stored answers. */
export function createMemoryRunOnce(): MemoryRunOnce {
  const fingerprints = new Map<string, string>();
  const memory: MemoryRunOnce = {
    requests: [],
    texts: new Map(),
    isDown: false,
    async runOnce(request, work) {
      const { id, fingerprint } = request;
      memory.requests.push(request);
      if (memory.isDown) return { kind: 'unavailable' };
      const known = fingerprints.get(id);
      if (known !== undefined && known !== fingerprint) return { kind: 'reused' };
      if (known !== undefined) {
        const text = memory.texts.get(id);
        return text === undefined ? { kind: 'in-progress' } : { kind: 'replay', text };
      }
      fingerprints.set(id, fingerprint);
      const text = await work().catch((error: unknown) => {
        fingerprints.delete(id);
        throw error;
      });
      if (text === undefined) fingerprints.delete(id);
      else memory.texts.set(id, text);
      return { kind: 'ran' };
    },
  };
  return memory;
}
