import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningWeir } from './running-weir.ts';

const TIMEOUT_MS = 600_000;
/** Each look costs the machine some CPU. */
const POLL_MS = 100;

/** A body of `POST /v1/reports`. */
export type AskedQuestion = Readonly<Record<string, unknown>> & { readonly kind: string };

/** A job as the API shows it, as far as it is read here. */
export interface ShownJob {
  readonly id: string;
  readonly status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly reason?: string;
  readonly parts: { readonly done: number; readonly total: number };
  readonly links?: { readonly json: string };
}

/** Somebody who asks: a key with turns of its own. */
export interface Asker {
  ask(question: AskedQuestion): Promise<ShownJob>;
  /** Waits until a job is so, and looks every `pollMs`. Throws if it has failed. */
  until(id: string, isRight: (job: ShownJob) => boolean, pollMs?: number): Promise<ShownJob>;
  cancel(id: string): Promise<void>;
  /** What `report.json` of a job says that is done. */
  resultOf(job: ShownJob): Promise<unknown>;
}

export async function createAsker(weir: RunningWeir, name: string): Promise<Asker> {
  const scopes = ['reports:read', 'reports:write'];
  const { key } = await weir.call<{ readonly key: string }>('/keys', { method: 'POST', body: { name, scopes } });
  return {
    ask: (body) => weir.call('/reports', { method: 'POST', body, key }),
    async until(id, isRight, pollMs = POLL_MS) {
      const deadline = performance.now() + TIMEOUT_MS;
      for (;;) {
        const job = await weir.call<ShownJob>(`/reports/${id}`, { key });
        if (isRight(job)) return job;
        if (job.status === 'failed' || performance.now() > deadline) throw new Error(JSON.stringify(job));
        await sleep(pollMs);
      }
    },
    cancel: (id) => weir.call(`/reports/${id}`, { method: 'DELETE', key }),
    async resultOf({ links }) {
      return (await fetch(links?.json ?? '')).json();
    },
  };
}

export function isDone({ status }: ShownJob): boolean {
  return status === 'done';
}
