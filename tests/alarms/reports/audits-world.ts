import { MemoryObjectStore } from '@weir/archive/memory';
import { createArchiveReader } from '@weir/archive/reading';
import type { LostObject } from '@weir/audit';
import type { StoredAudit } from '@weir/dynamodb/audits';
import { MemoryAuditsStore } from '@weir/dynamodb/audits/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { createAuditHandler } from '@weir/reports/src/audits/audit-handler.ts';
import type { AuditInput } from '@weir/reports/src/audits/executions/audit-machine.ts';
import type { AuditProgress } from '@weir/reports/src/audits/task/audit-task.ts';
import { calendarOf } from '@weir/reports/src/daily/calendar-of.ts';
import { propertiesOf, type Template } from '../../templates/template.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../simulated/clock.ts';
import type { Inbox } from '../simulated/inbox.ts';
import { SimulatedFunction } from '../simulated/simulated-function.ts';

const SCHEDULED_MINUTE = 40;
const HOURS_BEFORE = 6;
const DAYS_BEFORE = 8;
const DAY_MS = 24 * HOUR_MS;
const LOST: LostObject = { key: 'events/lost', reason: 'missing', hour: 0 };

/** The audits of an empty stage: the real handler, on stores in memory. */
export class AuditsWorld {
  readonly audit: SimulatedFunction;
  isScheduled = true;
  /** While true, each audit that ends has lost an object of the archive. */
  isObjectLost = false;
  readonly #files = new MemoryObjectStore(() => Date.now());
  readonly #audits = new Map<string, StoredAudit>();
  readonly #handler: ReturnType<typeof createAuditHandler>;
  readonly #inbox: Inbox;
  readonly #dimensions: { readonly service: string; readonly stage: string };
  readonly #executions = new Map<string, AuditProgress>();

  constructor(template: Template, inbox: Inbox) {
    this.audit = new SimulatedFunction(template, 'AuditLambdaFunction', inbox);
    this.#inbox = inbox;
    const { Variables } = propertiesOf(template, 'AuditLambdaFunction').Environment as {
      Variables: Record<string, string>;
    };
    this.#dimensions = { service: Variables.WEIR_SERVICE ?? '', stage: Variables.WEIR_STAGE ?? '' };
    this.#handler = this.#createHandler();
  }

  /** What the schedule has done before the beginning. */
  auditedBefore(start: number): void {
    for (let days = 0; days <= DAYS_BEFORE; days++) {
      const from = Math.floor(start / DAY_MS - days - 1) * DAY_MS;
      const date = new Date(from).toISOString().slice(0, 10);
      this.#audits.set(date, {
        ...{ date, timeZone: 'UTC', from, to: from + DAY_MS, asOf: undefined, heads: {}, auditedAt: from + DAY_MS },
        ...{ status: 'clean', drift: 0, missingObjects: [], buckets: [], file: date },
      });
    }
    for (let hour = -HOURS_BEFORE; hour < 0; hour++) {
      const at = start + hour * HOUR_MS + SCHEDULED_MINUTE * MINUTE_MS;
      this.#inbox.put({ namespace: 'Weir', name: 'AuditOverdue', dimensions: this.#dimensions, value: 0, at });
    }
  }

  async runMinute(at: number): Promise<void> {
    if (this.isScheduled && (at % HOUR_MS) / MINUTE_MS === SCHEDULED_MINUTE) await this.#schedule(at);
    for (const [name, progress] of this.#executions) await this.#work(at, name, progress);
  }

  async #schedule(at: number): Promise<void> {
    const event = { task: 'start-due' } as const;
    await this.audit.call({ at, takesMs: SECOND_MS, run: (context) => this.#handler(event, context) });
  }

  /** One task of an execution; a failed one is tried again in the next minute. */
  async #work(at: number, name: string, progress: AuditProgress): Promise<void> {
    const ended = await this.audit.call({ at, takesMs: SECOND_MS, run: (context) => this.#handler(progress, context) });
    if (ended.kind !== 'returned') return;
    const next = ended.result as AuditProgress;
    if (next.status === 'done') this.#executions.delete(name);
    else this.#executions.set(name, next);
  }

  #createHandler() {
    const store = new MemoryMetricsStore();
    const audits = new MemoryAuditsStore(async () => undefined, this.#audits);
    const archive = createArchiveReader({ store, objects: new MemoryObjectStore(() => Date.now()) });
    let names = 0;
    const shared = { audits, calendarOf, now: () => Date.now(), newId: () => `${names++}` };
    return createAuditHandler({
      telemetry: this.audit.telemetry,
      start: {
        ...shared,
        machine: {
          start: async (input) => this.#start(input),
          find: async () => undefined,
        },
        timeZone: 'UTC',
      },
      task: { ...shared, audit: { store, archive, now: shared.now, maxBytes: 1e6 }, files: this.#files },
    });
  }

  async #start(input: AuditInput): Promise<'running'> {
    if (this.#executions.has(input.execution)) return 'running';
    const checkpoint = this.isObjectLost ? await this.#lose(input) : undefined;
    this.#executions.set(input.execution, { ...input, ...(checkpoint !== undefined && { checkpoint }) });
    return 'running';
  }

  /** The checkpoint of a day without rows whose object is missing. */
  async #lose({ from }: AuditInput): Promise<string> {
    const day = Date.parse(from) / DAY_MS;
    const lost = [{ ...LOST, hour: day * 24 }];
    const none = { rows: [], counted: 0, total: 0, parts: [], differences: [] };
    await this.#files.put('checkpoint', Buffer.from(JSON.stringify({ span: { from: day, to: day }, lost, ...none })));
    return 'checkpoint';
  }
}
