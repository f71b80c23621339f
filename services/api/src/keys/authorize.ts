import type { Logger, Meter } from '@weir/logging';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { toContext } from '../http/callers/principal-context.ts';
import { withinBudget } from '../times/within-budget.ts';
import type { IdentifyKey } from './identify-key.ts';

/** Dependencies of the authorizer. */
export interface AuthorizeDeps {
  readonly identify: IdentifyKey;
  readonly log: Logger;
  readonly meter: Meter;
  readonly budgetMs: number;
}

/** Answers an event of API Gateway's REQUEST authorizer. */
export type Authorize = (event: APIGatewayRequestAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

/**
 * Finds out whose key a request carries. API Gateway caches the answer for a minute and uses it for every route: it
 * allows or denies all of them, and the functions check the scopes. If a key cannot be checked at the moment, it rejects.
 * API Gateway does not cache that, and answers with one of its AUTHORIZER_… errors, which are 503.
 */
export function createAuthorize({ identify, log, meter, budgetMs }: AuthorizeDeps): Authorize {
  return async ({ headers, methodArn }) => {
    const found = await withinBudget(identify(authorizationOf(headers)), budgetMs);
    if (found.kind === 'principal') {
      return { ...policy('Allow', methodArn), principalId: found.keyId, context: toContext(found) };
    }
    meter.count('KeysRefused');
    log.info('Refused a key', { reason: found.reason });
    return { ...policy('Deny', methodArn), principalId: 'nobody' };
  };
}

/** Allow or Deny, as an answer says. */
export function verdictOf({ policyDocument: { Statement } }: APIGatewayAuthorizerResult): string {
  return Statement[0]?.Effect ?? 'Deny';
}

function authorizationOf(headers: APIGatewayRequestAuthorizerEvent['headers']): string | undefined {
  return Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
}

/**
 * A policy for every method and path of the stage:
 * `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>`.
 */
function policy(Effect: 'Allow' | 'Deny', methodArn: string): Pick<APIGatewayAuthorizerResult, 'policyDocument'> {
  const stageArn = methodArn.split('/', 2).join('/');
  const Statement = [{ Action: 'execute-api:Invoke', Effect, Resource: `${stageArn}/*` }];
  return { policyDocument: { Version: '2012-10-17', Statement } };
}
