import type { TemplateResource } from '../framework/serverless.ts';

/** A stage with these limits for all its methods. */
export function stageWith(limits: object): TemplateResource {
  const MethodSettings = [{ ResourcePath: '/*', HttpMethod: '*', ...limits }];
  return { Type: 'AWS::ApiGateway::Stage', Properties: { StageName: 'production', MethodSettings } };
}
