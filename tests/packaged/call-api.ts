import { type Answer, apiEvent, type EventParts, readAnswer } from '@weir/api/src/testing/api-event.ts';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { PackagedStage } from './packaged-stage.ts';

/** Calls the function of a route as API Gateway does: after the authorizer, with its answer about the key. */
export type CallApi = (functionKey: string, parts: EventParts) => Promise<Answer>;

/** The API of a packaged stage, called with `key`. */
export function createCallApi(stage: PackagedStage, key: string): CallApi {
  return async (functionKey, parts) => {
    const event = apiEvent(parts);
    const headers = { Authorization: `Bearer ${key}` };
    const methodArn = 'arn:aws:execute-api:us-east-1:000000000000:api/production/GET/v1';
    const { context } = (await stage.invoke('authorize', { ...event, type: 'REQUEST', headers, methodArn })) as {
      context?: object;
    };
    const asked = { ...event, requestContext: { ...event.requestContext, authorizer: context } };
    return readAnswer((await stage.invoke(functionKey, asked)) as APIGatewayProxyResult);
  };
}
