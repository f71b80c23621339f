import type { Serverless } from '../framework/serverless.ts';

/**
 * Makes API Gateway refuse, with 415, a body of a type that has no template on the routes that API Gateway answers by
 * itself. By default the mock takes such a body for its template and fails on it: any caller could raise the alarm for
 * a failing API.
 */
export function closeMocks(serverless: Serverless): void {
  const { Resources } = serverless.service.provider.compiledCloudFormationTemplate;
  for (const { Type, Properties } of Object.values(Resources)) {
    const integration = Properties?.Integration as Record<string, unknown> | undefined;
    if (Type === 'AWS::ApiGateway::Method' && integration?.Type === 'MOCK') integration.PassthroughBehavior = 'NEVER';
  }
}
