import type { APIGatewayProxyHandler } from 'aws-lambda';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { createStageLimit } from '../rate-limit/stage-limit.ts';
import { createProxyHandler } from './proxy-handler.ts';
import type { ServeDeps } from './serve.ts';
import type { StageDeps } from './stage-deps.ts';

/**
 * The handler of routes that need a key: it takes the authorizer's word for the caller, and limits each key. A function with
 * a POST brings its `runOnce`, so that no other has the library for it in its bundle.
 */
export function createRoutesHandler(
  { config, redis, now, log, observe }: StageDeps,
  own: Pick<ServeDeps, 'routes' | 'runOnce'>,
): APIGatewayProxyHandler {
  return createProxyHandler({
    ...own,
    authenticate: createAuthenticate({ log, now }),
    limitRate: createStageLimit({ config, redis, now }),
    corsOrigins: config.corsOrigins,
    log,
    observe,
  });
}
