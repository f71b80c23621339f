import type { Telemetry } from '@weir/logging';
import type { APIGatewayProxyHandler } from 'aws-lambda';
import { createServe, type ServeDeps } from './serve.ts';

/** What a handler of routes is made of. The origins must be given: without them no page can read an answer. */
export interface ProxyHandlerDeps extends ServeDeps, Pick<Telemetry, 'observe'> {
  readonly corsOrigins: readonly string[];
}

/** The handler of a function that answers routes: each request is observed under the id that API Gateway gave it. */
export function createProxyHandler({ observe, ...deps }: ProxyHandlerDeps): APIGatewayProxyHandler {
  const serve = createServe(deps);
  return (event, context) =>
    observe({ context, correlationId: event.requestContext.requestId }, () => serve(event, context));
}
