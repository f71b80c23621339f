import { createDailyHandler } from '@weir/reports/src/daily/daily-handler.ts';
import { MemoryReports } from '@weir/reports/src/testing/memory-reports.ts';
import type { Template } from '../../templates/template.ts';
import { HOUR_MS, MINUTE_MS } from '../simulated/clock.ts';
import { Inbox } from '../simulated/inbox.ts';
import { SimulatedFunction } from '../simulated/simulated-function.ts';
import type { World } from '../situation.ts';

/** The schedule calls the function at this minute of each hour. */
const SCHEDULED_MINUTE = 10;

/** The service reports: the real handler, called each hour. */
export class ReportsWorld implements World {
  readonly inbox = new Inbox();
  readonly daily: SimulatedFunction;
  readonly reports = new MemoryReports();
  readonly #handler: ReturnType<typeof createDailyHandler>;

  constructor(template: Template) {
    this.daily = new SimulatedFunction(template, 'DailyLambdaFunction', this.inbox);
    const schedule = { ...this.reports.deps(), now: () => Date.now() };
    this.#handler = createDailyHandler({ telemetry: this.daily.telemetry, schedule });
  }

  async runMinute(at: number): Promise<void> {
    if ((at % HOUR_MS) / MINUTE_MS !== SCHEDULED_MINUTE) return;
    await this.daily.call({ at, takesMs: 1000, run: (context) => this.#handler({}, context) });
  }
}
