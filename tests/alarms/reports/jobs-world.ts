import { createCoordinateHandler } from '@weir/reports/src/jobs/lambda/coordinate-handler.ts';
import { countFailedJobs } from '@weir/reports/src/jobs/lambda/count-failed-jobs.ts';
import { createSweepHandler } from '@weir/reports/src/jobs/lambda/sweep-handler.ts';
import { createWorkHandler } from '@weir/reports/src/jobs/lambda/work-handler.ts';
import { writePartMessage } from '@weir/reports/src/jobs/part-message.ts';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { propertiesOf, type Template } from '../../templates/template.ts';
import { MINUTE_MS, SECOND_MS } from '../simulated/clock.ts';
import type { Inbox } from '../simulated/inbox.ts';
import { SimulatedFunction } from '../simulated/simulated-function.ts';
import { SimulatedQueue } from '../simulated/simulated-queue.ts';

const SWEEP_EVERY_MS = 5 * MINUTE_MS;
/** The sweep fails a job that has made no progress for this long. */
const STALLED_AFTER_MS = 2 * 60 * MINUTE_MS;
/** For the time before the simulation, as the sweeps have run before. */
const SWEEPS_BEFORE = 5;

interface WaitingRecord {
  readonly jobId: string;
  attempts: number;
  at: number;
}

/** Jobs of one part: the real handlers, around a stand-in for what they do. */
export class JobsWorld {
  readonly coordinate: SimulatedFunction;
  readonly work: SimulatedFunction;
  readonly sweep: SimulatedFunction;
  readonly queue: SimulatedQueue;
  /** A job comes each time so many minutes have passed; undefined: none comes. */
  minutesBetweenJobs: number | undefined;
  arePlansFailing = false;
  arePartsFailing = false;
  isSweepScheduled = true;
  lostRecords = 0;
  readonly #template: Template;
  readonly #inbox: Inbox;
  readonly #handlers: ReturnType<JobsWorld['createHandlers']>;
  /** Running jobs, with the time of their last progress. */
  readonly #jobs = new Map<string, number>();
  #records: WaitingRecord[] = [];
  /** The beginning of the next minute. */
  #at = 0;

  constructor(template: Template, inbox: Inbox) {
    this.#template = template;
    this.#inbox = inbox;
    this.coordinate = new SimulatedFunction(template, 'CoordinateLambdaFunction', inbox);
    this.work = new SimulatedFunction(template, 'WorkLambdaFunction', inbox);
    this.sweep = new SimulatedFunction(template, 'SweepLambdaFunction', inbox);
    this.#handlers = this.createHandlers();
    const { work: receive } = this.#handlers;
    this.queue = new SimulatedQueue(template, 'ReportPartsQueue', { fn: this.work, receive, inbox });
  }

  /** The sweeps before the beginning. */
  sweptUntil(start: number): void {
    for (let i = 1; i <= SWEEPS_BEFORE; i++) {
      const at = start - i * SWEEP_EVERY_MS;
      this.sweep.report('Invocations', 1, { at, sentAt: at });
      this.sweep.report('Errors', 0, { at, sentAt: at });
    }
  }

  async runMinute(at: number): Promise<void> {
    this.#at = at + MINUTE_MS;
    const every = this.minutesBetweenJobs;
    if (every !== undefined && (at / MINUTE_MS) % every === 0) this.#post(at);
    await this.#coordinateUntil(at + MINUTE_MS);
    await this.queue.deliverUntil(at + MINUTE_MS);
    if (this.isSweepScheduled && at % SWEEP_EVERY_MS === 0) {
      await this.sweep.call({ at, takesMs: SECOND_MS, run: (context) => this.#handlers.sweep({}, context) });
    }
    this.#reportLostRecords(at);
  }

  /** Posts a job in the next minute. */
  post(): void {
    this.#post(this.#at);
  }

  /** What `npm run ops -- redrive reports` does to both dead-letter queues. */
  redrive(): void {
    this.lostRecords = 0;
    for (const body of this.queue.dead.splice(0)) this.queue.send(this.#at, body);
  }

  private createHandlers() {
    const end = countFailedJobs(
      async (id, _ending: { status: string }) => this.#jobs.delete(id),
      this.work.telemetry.meter,
    );
    const hide = async (id: string, seconds: number) => this.queue.hide(id, { at: Date.now(), seconds });
    const { Variables } = propertiesOf(this.#template, 'WorkLambdaFunction').Environment as {
      Variables: Record<string, string>;
    };
    return {
      coordinate: createCoordinateHandler(this.coordinate.telemetry, {
        coordinate: async (jobId) => this.#plan(jobId),
        cleanUp: async () => undefined,
      }),
      work: createWorkHandler(this.work.telemetry, {
        work: async ({ jobId }, isLast) => {
          if (!this.arePartsFailing) return void this.#jobs.delete(jobId);
          if (isLast) await end(jobId, { status: 'failed' });
          throw new Error('the part cannot be read');
        },
        hide,
        receives: Number(Variables.WEIR_PART_RECEIVES),
        retrySeconds: Number(Variables.WEIR_PART_RETRY_SECONDS),
      }),
      sweep: createSweepHandler(this.sweep.telemetry, {
        sweep: async () => this.#sweep(),
        redrive: async () => ({ outcome: 'unknown' }),
      }),
    };
  }

  #post(at: number): void {
    const jobId = `summary-${at}`;
    this.#jobs.set(jobId, at);
    this.#records.push({ jobId, attempts: 0, at: at + SECOND_MS });
  }

  #plan(jobId: string): void {
    if (this.arePlansFailing) throw new Error('the archive cannot be listed');
    this.queue.send(Date.now(), writePartMessage({ jobId, cut: 'c', part: 0 }));
  }

  async #sweep(): Promise<{ stalled: number }> {
    const late = [...this.#jobs].filter(([, since]) => since < Date.now() - STALLED_AFTER_MS);
    const end = countFailedJobs(
      async (id, _ending: { status: string }) => this.#jobs.delete(id),
      this.sweep.telemetry.meter,
    );
    for (const [id] of late) await end(id, { status: 'failed' });
    return { stalled: late.length };
  }

  /** The mapping of the table's stream: one record after the other, given up after its retries. */
  async #coordinateUntil(until: number): Promise<void> {
    for (let record = this.#records[0]; record !== undefined && record.at < until; record = this.#records[0]) {
      await this.#coordinateOnce(record);
    }
  }

  async #coordinateOnce(record: WaitingRecord): Promise<void> {
    const { MaximumRetryAttempts: retries } = propertiesOf(
      this.#template,
      'CoordinateEventSourceMappingDynamodbReportsTable',
    );
    const event = recordEvent(record.jobId);
    const { at } = record;
    const ended = await this.coordinate.call({
      ...{ at, takesMs: SECOND_MS },
      run: (context) => this.#handlers.coordinate(event, context),
    });
    const isDone = ended.kind === 'returned' && ended.result.batchItemFailures.length === 0;
    if (ended.kind !== 'throttled') record.attempts++;
    const isLost = !isDone && record.attempts > Number(retries);
    if (isLost) this.lostRecords++;
    if (isDone || isLost) this.#records.shift();
    record.at = ended.kind === 'throttled' ? at + MINUTE_MS : ended.at + SECOND_MS * 2 ** record.attempts;
    for (const other of this.#records) other.at = Math.max(other.at, ended.at);
  }

  #reportLostRecords(at: number): void {
    if (this.lostRecords === 0) return;
    const dimensions = { QueueName: String(propertiesOf(this.#template, 'ReportJobsDeadLetters').QueueName) };
    const name = 'ApproximateNumberOfMessagesVisible';
    this.#inbox.put({ namespace: 'AWS/SQS', name, dimensions, at, value: this.lostRecords });
  }
}

/** The stand-in has one key for each job. */
function recordEvent(jobId: string): DynamoDBStreamEvent {
  const NewImage = { pk: { S: 'jobs#summary' }, sk: { S: jobId }, keyId: { S: jobId } };
  return { Records: [{ eventName: 'INSERT', dynamodb: { SequenceNumber: '1', NewImage } }] };
}
