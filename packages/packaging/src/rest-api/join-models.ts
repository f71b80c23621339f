import type { Serverless } from '../framework/serverless.ts';

/**
 * Lets all methods whose bodies have the same type and schema share one model. The framework makes one for each method,
 * and a stack can have 500 resources.
 */
export function joinModels({ service }: Serverless): void {
  const { Resources } = service.provider.compiledCloudFormationTemplate;
  const kept = new Map<string, string>();
  const idOf = new Map<string, string>();
  for (const [id, { Type, Properties }] of Object.entries(Resources)) {
    if (Type !== 'AWS::ApiGateway::Model') continue;
    const content = JSON.stringify(Properties);
    const first = kept.get(content) ?? id;
    kept.set(content, first);
    idOf.set(id, first);
    if (first !== id) delete Resources[id];
  }
  for (const { Type, Properties } of Object.values(Resources)) {
    const models = Properties?.RequestModels as Readonly<Record<string, { readonly Ref: string }>> | undefined;
    if (Type !== 'AWS::ApiGateway::Method' || Properties === undefined || models === undefined) continue;
    Properties.RequestModels = Object.fromEntries(
      Object.entries(models).map(([type, { Ref }]) => [type, { Ref: idOf.get(Ref) ?? Ref }]),
    );
  }
}
