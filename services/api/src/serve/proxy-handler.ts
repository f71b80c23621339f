import type { Telemetry } from '@weir/logging';
import type { APIGatewayProxyHandler } from 'aws-lambda';
import { createServe, type ServeDeps } from './serve.ts';

/** Dependencies of `createProxyHandler`. The origins are required here: without them no page can read an answer. */
export interface ProxyHandlerDeps extends ServeDeps, Pick<Telemetry, 'observe'> {
  readonly corsOrigins: readonly string[];
}

/** Makes the handler of a function with routes. Each request is logged under the id from API Gateway. */
export function createProxyHandler({ observe, ...deps }: ProxyHandlerDeps): APIGatewayProxyHandler {
  const serve = createServe(deps);
  return (event, context) =>
    observe({ context, correlationId: event.requestContext.requestId }, () => serve(event, context));
}
