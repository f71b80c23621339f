import { createTelemetry, type Telemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';
import { propertiesOf, resourcesOf, type Template, target } from '../../templates/template.ts';
import type { Dimensions } from '../cloudwatch/datapoints.ts';
import { clock, MINUTE_MS } from './clock.ts';
import type { Inbox } from './inbox.ts';

/** The tries of an asynchronous call: Lambda waits a minute before the second, and two before the third. */
export const TRIES_AT_MS = [0, MINUTE_MS, 3 * MINUTE_MS];

const SLOW = 0.9;

/** How a call of a function ends. */
export type Ended<T> =
  | { readonly kind: 'returned'; readonly at: number; readonly result: T }
  /** It threw or timed out: a function error, in Lambda's words. */
  | { readonly kind: 'failed'; readonly at: number }
  /** The account had no free concurrency, so Lambda did not begin it. */
  | { readonly kind: 'throttled'; readonly at: number };

export interface Call<T> {
  /** The time of its beginning. */
  readonly at: number;
  readonly takesMs: number;
  readonly run: (context: Context) => Promise<T>;
}

/** A function of the packaged template, and the metrics of its calls in AWS/Lambda. */
export class SimulatedFunction {
  readonly telemetry: Telemetry;
  /** While true, every call times out, and none prints its metrics. */
  hangs = false;
  /** While true, the code crashes before the handler. */
  crashes = false;
  isThrottled = false;
  /** While true, every call takes nine tenths of the time-out. */
  isSlow = false;
  /** The version that its alias calls; by default it is called without one. */
  version: string | undefined;
  readonly #inbox: Inbox;
  readonly #name: string;
  readonly #timeoutMs: number;
  readonly #alias: unknown;

  constructor(template: Template, logicalId: string, inbox: Inbox) {
    const { FunctionName, Timeout, Environment } = propertiesOf(template, logicalId) as unknown as FunctionProperties;
    const { WEIR_SERVICE: service = '', WEIR_STAGE: stage = '', POWERTOOLS_METRICS_DISABLED } = Environment.Variables;
    // Telemetry reads it when it is created, as in the function.
    process.env.POWERTOOLS_METRICS_DISABLED = POWERTOOLS_METRICS_DISABLED;
    this.telemetry = createTelemetry({ service, stage, logLevel: 'SILENT' });
    delete process.env.POWERTOOLS_METRICS_DISABLED;
    this.#inbox = inbox;
    this.#name = FunctionName;
    this.#timeoutMs = Timeout * 1000;
    const aliases = resourcesOf(template, 'AWS::Lambda::Alias').map(([, { Properties }]) => Properties);
    this.#alias = aliases.find((alias) => target(alias.FunctionName) === logicalId)?.Name;
  }

  async call<T>(call: Call<T>): Promise<Ended<T>> {
    if (this.isThrottled) {
      this.report('Throttles', 1, { at: call.at, sentAt: call.at });
      return { kind: 'throttled', at: call.at };
    }
    const ended = await this.#run(this.isSlow ? { ...call, takesMs: SLOW * this.#timeoutMs } : call);
    this.report('Duration', ended.at - call.at, { at: call.at, sentAt: ended.at });
    this.report('Invocations', 1, { at: call.at, sentAt: ended.at });
    this.report('Errors', ended.kind === 'failed' ? 1 : 0, { at: call.at, sentAt: ended.at });
    return ended;
  }

  /** Sends a metric in AWS/Lambda: at the end of a call, with the time stamp of its beginning. */
  report(name: string, value: number, times: { at: number; sentAt: number }): void {
    for (const dimensions of this.#dimensions()) {
      this.#inbox.put({ namespace: 'AWS/Lambda', name, dimensions, value, ...times });
    }
  }

  /** Lambda sends a metric of a call by an alias three times: of the function, of the alias, and of the alias' version. */
  #dimensions(): Dimensions[] {
    const FunctionName = this.#name;
    if (this.version === undefined) return [{ FunctionName }];
    const ofAlias = { FunctionName, Resource: `${FunctionName}:${this.#alias}` };
    return [{ FunctionName }, ofAlias, { ...ofAlias, ExecutedVersion: this.version }];
  }

  async #run<T>({ at, takesMs, run }: Call<T>): Promise<Ended<T>> {
    if (this.hangs || takesMs >= this.#timeoutMs) return { kind: 'failed', at: at + this.#timeoutMs };
    const end = at + takesMs;
    if (this.crashes) return { kind: 'failed', at: end };
    clock.set(at);
    const functionVersion = this.version ?? '$LATEST';
    const getRemainingTimeInMillis = () => this.#timeoutMs;
    const context = { functionName: this.#name, functionVersion, getRemainingTimeInMillis } as Context;
    try {
      return { kind: 'returned', at: end, result: await this.#inbox.readLines(end, () => run(context)) };
    } catch {
      return { kind: 'failed', at: end };
    }
  }
}

interface FunctionProperties {
  readonly FunctionName: string;
  /** Seconds. */
  readonly Timeout: number;
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}
