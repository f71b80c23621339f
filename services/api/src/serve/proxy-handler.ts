import type { Telemetry } from '@weir/logging';
import type { APIGatewayProxyHandler, APIGatewayProxyResult } from 'aws-lambda';
import { createServe, type ServeDeps } from './serve.ts';

/** Dependencies of `createProxyHandler`. The origins are required here: without them no page can read an answer. */
export interface ProxyHandlerDeps extends ServeDeps, Pick<Telemetry, 'observe'> {
  readonly corsOrigins: readonly string[];
}

/** Makes the handler of a function with routes. Each request is logged under the id from API Gateway. */
export function createProxyHandler({ observe, ...deps }: ProxyHandlerDeps): APIGatewayProxyHandler {
  const serve = createServe(deps);
  return (event, context) => {
    const { requestId: correlationId } = event.requestContext;
    // The route, as the path itself may name a person.
    const annotations = { method: event.httpMethod, route: event.resource };
    const outcomeOf = ({ statusCode }: APIGatewayProxyResult) => String(statusCode);
    const call = { context, correlationId, annotations, outcomeOf, hasFailed };
    return observe(call, () => serve(event, context));
  };
}

/** For Lambda, such a call is none that failed. */
function hasFailed({ statusCode }: APIGatewayProxyResult): boolean {
  return statusCode >= 500;
}
