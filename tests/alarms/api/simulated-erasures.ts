import { createEraseHandler } from '@weir/api/src/erasures/passes/erase-handler.ts';
import { createErasuresFixture } from '@weir/api/src/testing/erasures-fixture.ts';
import type { Template } from '../../templates/template.ts';
import { MINUTE_MS } from '../simulated/clock.ts';
import type { Inbox } from '../simulated/inbox.ts';
import { SimulatedFunction, TRIES_AT_MS } from '../simulated/simulated-function.ts';

const SCHEDULE_MS = 15 * MINUTE_MS;

/** The schedule of passes, with executions that never end. */
export class SimulatedErasures {
  readonly erase: SimulatedFunction;
  readonly #fixture = createErasuresFixture();
  readonly #handler: ReturnType<typeof createEraseHandler>;
  /** Runs before the next minute. */
  #next: (at: number) => Promise<void> = async () => {};
  /** The times at which Lambda calls the function for the schedule, and whether each is the last try. */
  #tries: { readonly at: number; readonly isLast: boolean }[] = [];

  constructor(template: Template, inbox: Inbox) {
    this.erase = new SimulatedFunction(template, 'EraseLambdaFunction', inbox);
    const task = { ...this.#fixture.task, now: () => Date.now() };
    this.#handler = createEraseHandler({ telemetry: this.erase.telemetry, task });
  }

  /** A person was deleted `waitedMs` ago, and waits for a pass. With `isOn` false, a pass has ended the wait. */
  wait(isOn: boolean, waitedMs = 0): void {
    this.#next = async (at) => {
      const { erasures } = this.#fixture;
      const requestedAt = at - waitedMs;
      const begun = { id: 'e', userId: 'u', userHash: 'h', requestedAt, until: requestedAt };
      const erasure = isOn ? await erasures.begin(begun) : await erasures.find('e');
      if (!isOn && erasure) await erasures.settle({ pass: 1, erasure, counts: {}, next: { status: 'done', at } });
    };
  }

  async runMinute(at: number): Promise<void> {
    await this.#next(at);
    this.#next = async () => {};
    if (at % SCHEDULE_MS === 0) {
      this.#tries.push(...TRIES_AT_MS.map((ms, i) => ({ at: at + ms, isLast: i === TRIES_AT_MS.length - 1 })));
    }
    const due = this.#tries.filter((attempt) => attempt.at < at + MINUTE_MS);
    for (const attempt of due) {
      this.#tries = this.#tries.filter((other) => other !== attempt);
      const run = { at: attempt.at, takesMs: 100 };
      const call = await this.erase.call({
        ...run,
        run: (context) => this.#handler({ task: 'start-due-pass' }, context),
      });
      if (call.kind === 'returned') this.#tries = [];
      else if (attempt.isLast) this.erase.report('AsyncEventsDropped', 1, { at: attempt.at, sentAt: call.at });
    }
  }
}
