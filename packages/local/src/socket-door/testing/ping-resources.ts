import type { TemplateResource } from '../../registration/service-registration.ts';

const ofApi = (type: string, properties: object): TemplateResource => ({
  Type: `AWS::ApiGatewayV2::${type}`,
  Properties: { ApiId: { Ref: 'WebsocketsApi' }, ...properties },
});

/** A route `ping` as a service's `resources:` declare it; each part can be changed. */
export function pingResources(
  response: object = {},
  { integration = {}, route = {} }: { readonly integration?: object; readonly route?: object } = {},
): Readonly<Record<string, TemplateResource>> {
  return {
    PingIntegration: ofApi('Integration', {
      ...{ IntegrationType: 'MOCK', TemplateSelectionExpression: '\\$default' },
      ...{ RequestTemplates: { $default: '{"statusCode":200}' }, ...integration },
    }),
    PingIntegrationResponse: ofApi('IntegrationResponse', {
      ...{ IntegrationId: { Ref: 'PingIntegration' }, IntegrationResponseKey: '/200/' },
      ...{ TemplateSelectionExpression: '\\$default', ResponseTemplates: { $default: '{"type":"pong"}' }, ...response },
    }),
    PingRoute: ofApi('Route', {
      ...{ RouteKey: 'ping', RouteResponseSelectionExpression: '$default' },
      ...{ Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'PingIntegration' }]] }, ...route },
    }),
    PingRouteResponse: ofApi('RouteResponse', { RouteId: { Ref: 'PingRoute' }, RouteResponseKey: '$default' }),
  };
}
