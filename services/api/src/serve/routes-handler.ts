import type { APIGatewayProxyHandler } from 'aws-lambda';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { createStageLimit } from '../rate-limit/stage-limit.ts';
import { createProxyHandler } from './proxy-handler.ts';
import type { ServeDeps } from './serve.ts';
import type { StageDeps } from './stage-deps.ts';

/**
 * Makes the handler of routes that need a key: it reads the caller from the authorizer's context, and limits each key.
 * Only a function with a POST passes `runOnce`, so that the library for it is in no other bundle.
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
