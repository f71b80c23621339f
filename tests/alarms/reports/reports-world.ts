import { createDailyHandler } from '@weir/reports/src/daily/schedule/daily-handler.ts';
import { MemoryReports } from '@weir/reports/src/testing/memory-reports.ts';
import type { Template } from '../../templates/template.ts';
import { HOUR_MS, MINUTE_MS, START } from '../simulated/clock.ts';
import { Inbox } from '../simulated/inbox.ts';
import { SimulatedFunction } from '../simulated/simulated-function.ts';
import type { World } from '../situation.ts';
import { AuditsWorld } from './audits-world.ts';
import { JobsWorld } from './jobs-world.ts';

/** The schedule calls the function at this minute of each hour. */
const SCHEDULED_MINUTE = 10;
/** Lambda waits so long before it retries an asynchronous call. */
const RETRY_AFTER_MS = MINUTE_MS;
/** The hours for which the stage has run before. */
const HOURS_BEFORE = 4;
/** Longer than the function's time-out. */
const TOO_LONG_MS = 20 * MINUTE_MS;

/** The service reports: the real handlers. That of the daily reports is called each hour, on a stage in memory. */
export class ReportsWorld implements World {
  readonly inbox = new Inbox();
  readonly daily: SimulatedFunction;
  readonly reports = new MemoryReports();
  readonly jobs: JobsWorld;
  readonly audits: AuditsWorld;
  /** While false, the rule of the schedule is disabled. */
  isScheduled = true;
  isTableDown = false;
  /** While true, a run has used up its time before it has read the first day. */
  isSlow = false;
  readonly #handler: ReturnType<typeof createDailyHandler>;
  /** The calls that are due: a first one, and its retry. */
  #calls: { readonly at: number; readonly isRetry: boolean }[] = [];
  #reads = 0;

  constructor(template: Template) {
    this.daily = new SimulatedFunction(template, 'DailyLambdaFunction', this.inbox);
    const deps = this.reports.deps(async () => {
      if (this.isTableDown) throw new Error('the table cannot be reached');
    });
    const now = () => Date.now() + (this.isSlow ? this.#reads++ * TOO_LONG_MS : 0);
    this.#handler = createDailyHandler({ telemetry: this.daily.telemetry, schedule: { ...deps, now } });
    this.reports.events.push({ action: 'a', at: START - 24 * HOUR_MS });
    this.jobs = new JobsWorld(template, this.inbox);
    this.jobs.sweptUntil(START);
    this.audits = new AuditsWorld(template, this.inbox);
    this.audits.auditedBefore(START);
    for (let hour = -HOURS_BEFORE; hour < 0; hour++) this.#reportEarlier(START + hour * HOUR_MS);
  }

  async runMinute(at: number): Promise<void> {
    await this.jobs.runMinute(at);
    await this.audits.runMinute(at);
    this.#reads = 0;
    const isDue = this.isScheduled && (at % HOUR_MS) / MINUTE_MS === SCHEDULED_MINUTE;
    if (isDue) this.#calls.push({ at, isRetry: false });
    const [call] = this.#calls.filter((other) => other.at < at + MINUTE_MS);
    if (!call) return;
    this.#calls = this.#calls.filter((other) => other !== call);
    const ended = await this.daily.call({
      ...{ at: call.at, takesMs: 1000 },
      run: (context) => this.#handler({}, context),
    });
    const isOver = ended.kind === 'returned' || call.isRetry;
    if (!isOver) this.#calls.push({ at: ended.at + RETRY_AFTER_MS, isRetry: true });
  }

  #reportEarlier(hour: number): void {
    const at = hour + SCHEDULED_MINUTE * MINUTE_MS;
    this.daily.report('Invocations', 1, { at, sentAt: at });
    this.daily.report('Errors', 0, { at, sentAt: at });
  }
}
