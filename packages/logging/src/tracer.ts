import { Tracer } from '@aws-lambda-powertools/tracer';

export interface TracingConfig {
  readonly service: string;
}

/** Segments inside a function's own segment; without one (outside Lambda) nothing is traced. */
export interface Tracing {
  /** The client, with a segment for each call it makes. */
  traceClient<T>(client: T): T;
  /** Runs `work` in a segment named `name`; an error is recorded there, and thrown on. */
  trace<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/**
 * Makes a process' tracer. It has a file of its own because X-Ray's SDK takes as long to load as the rest of the
 * telemetry, and active tracing of the function itself does not need it.
 */
export function createTracing({ service }: TracingConfig): Tracing {
  const tracer = new Tracer({ serviceName: service, captureHTTPsRequests: false });
  return {
    traceClient: (client) => tracer.captureAWSv3Client(client),
    trace: (name, work) => (tracer.isTracingEnabled() ? traceIn(tracer, name, work) : work()),
  };
}

function traceIn<T>(tracer: Tracer, name: string, work: () => Promise<T>): Promise<T> {
  const traced = tracer.provider.captureAsyncFunc(name, async (segment) => {
    try {
      return await work();
    } catch (error) {
      tracer.addErrorAsMetadata(error as Error);
      throw error;
    } finally {
      segment?.close();
    }
  });
  // The type of the provider forgets the return type of its function.
  return traced as Promise<T>;
}
