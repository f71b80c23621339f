import type { Serverless } from '../framework/serverless.ts';

/**
 * Has what API Gateway answers by itself refuse a body of a type that it has no template for, with 415. Of itself the mock
 * takes such a body for its template and fails on it: anybody could raise the alarm of a failing API.
 */
export function closeMocks(serverless: Serverless): void {
  const { Resources } = serverless.service.provider.compiledCloudFormationTemplate;
  for (const { Type, Properties } of Object.values(Resources)) {
    const integration = Properties?.Integration as Record<string, unknown> | undefined;
    if (Type === 'AWS::ApiGateway::Method' && integration?.Type === 'MOCK') integration.PassthroughBehavior = 'NEVER';
  }
}
