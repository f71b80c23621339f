import { Logger as PowertoolsLogger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import type { Logger, Meter } from './ports.ts';
import { type AnnotatedCall, annotateCall } from './x-ray/annotate-call.ts';

const NAMESPACE = 'Weir';

/** Which program writes; `runtimeFields` of @weir/config has all of it. */
export interface TelemetryConfig {
  readonly service: string;
  readonly stage: string;
  readonly logLevel: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'SILENT';
}

/** The ids of one call of a function, and what its trace is found by. */
export interface Invocation<T = unknown> extends Pick<AnnotatedCall<T>, 'annotations' | 'outcomeOf'> {
  readonly context: Context;
  /** Joins the lines of all functions through which one request went; the call's own request id by default. */
  readonly correlationId?: string;
  /**
   * Whether a call that did not throw has failed for its caller. It is counted if the call went to a numbered version.
   */
  readonly hasFailed?: (result: T) => boolean;
}

/** The one log and the one meter of a function's process. */
export interface Telemetry {
  readonly log: Logger;
  readonly meter: Meter;
  /**
   * Runs one call: its lines carry its ids, its metrics are published when it ends, in whatever way, and its trace gets
   * annotations.
   */
  observe<T>(invocation: Invocation<T>, work: () => Promise<T>): Promise<T>;
}

/** Makes a process' log and meter. Call it once, in the wiring. */
export function createTelemetry({ service, stage, logLevel }: TelemetryConfig): Telemetry {
  const logger = new PowertoolsLogger({ serviceName: service, logLevel, persistentKeys: { stage } });
  const metrics = new Metrics({ namespace: NAMESPACE, serviceName: service, defaultDimensions: { stage } });
  return {
    log: toLogger(logger),
    meter: toMeter(metrics),
    async observe({ context, correlationId = context.awsRequestId, hasFailed, ...call }, work) {
      logger.addContext(context);
      logger.setCorrelationId(correlationId);
      metrics.setFunctionName(context.functionName);
      metrics.captureColdStartMetric();
      try {
        const result = await annotateCall({ ...call, name: context.functionName }, work);
        if (isVersion(context) && hasFailed?.(result)) countFailure(metrics, context);
        return result;
      } finally {
        // Publishing nothing would log a warning.
        if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
      }
    },
  };
}

/** `$LATEST` is no version. */
function isVersion({ functionVersion = '' }: Partial<Context>): boolean {
  return /^\d+$/.test(functionVersion);
}

/** An alarm of this version alone reads it (packages/packaging/src/canary). */
function countFailure(metrics: Metrics, { functionName, functionVersion }: Context): void {
  const single = metrics.singleMetric();
  single.addDimension('function_name', functionName);
  single.addDimension('function_version', functionVersion);
  single.addMetric('AnswersFailed', 'Count', 1);
}

function toLogger(logger: PowertoolsLogger): Logger {
  return {
    debug: (message, fields = {}) => logger.debug(message, fields),
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, fields = {}) => logger.error(message, fields),
  };
}

function toMeter(metrics: Metrics): Meter {
  return {
    count: (name, value = 1) => void metrics.addMetric(name, 'Count', value),
    observe: (name, unit, value) => void metrics.addMetric(name, unit, value),
  };
}
