import type { Serverless, TemplateResource } from '../framework/serverless.ts';
import { type ApiParts, partOf } from './open-api/api-parts.ts';
import { unfoldable } from './open-api/unfoldable.ts';
import { writeBody } from './open-api/write-body.ts';

type Resources = Record<string, TemplateResource>;

const REST_API = 'AWS::ApiGateway::RestApi';

/**
 * Folds what the framework made of a service's routes into the `Body` of its REST API: one OpenAPI document, which API
 * Gateway imports in a single call. As resources of their own, paths, methods and answers would be two thirds of the
 * stack. Refuses what the document would not say in full.
 */
export function foldApi({ service, classes }: Serverless): void {
  const { Resources } = service.provider.compiledCloudFormationTemplate;
  const [own, ...others] = Object.entries(Resources).filter(([, { Type }]) => Type === REST_API);
  if (own === undefined) return;
  const [apiId, api] = own;
  const parts = partsOf(Resources);
  const problems = [
    ...others.map(([id]) => `${id} is a second API`),
    ...[...parts].flatMap(([id, part]) => unfoldable(part, apiId).map((problem) => `${id} ${problem}`)),
    ...unfoldable(api, apiId).map((problem) => `${apiId} ${problem}`),
  ];
  if (problems.length > 0) {
    throw new classes.Error(`The API cannot be written as an OpenAPI document: ${problems.join('; ')}`);
  }
  for (const id of parts.keys()) delete Resources[id];
  forget(Resources, parts);
  const waits = [...parts.values()].flatMap(({ DependsOn = [] }) => DependsOn).filter((id) => !parts.has(id));
  Resources[apiId] = { ...api, ...dependencies(Resources, apiId, waits), Properties: propertiesWith(api, parts) };
}

function partsOf(resources: Resources): ApiParts {
  return new Map(Object.entries(resources).filter(([, { Type }]) => partOf(Type) !== undefined));
}

/**
 * With `overwrite`, the API has what the document says and nothing else: with the default, a method that the document
 * no longer has would stay. A warning, such as of a model that is not there, fails the deployment: its route would go
 * unchecked.
 */
function propertiesWith(api: TemplateResource, parts: ApiParts): Record<string, unknown> {
  const { MinimumCompressionSize: _inBody, Policy: _none, ...kept } = api.Properties ?? {};
  const { Types = [] } = (kept.EndpointConfiguration ?? {}) as { readonly Types?: readonly string[] };
  return {
    ...kept,
    Body: writeBody(api, parts),
    Mode: 'overwrite',
    FailOnWarnings: true,
    // An import makes an API for the whole world unless it is told so.
    Parameters: { endpointConfigurationTypes: Types.join() },
  };
}

/**
 * What the parts waited for, the API waits for, such as an alias that is added later. It does not wait for what needs
 * the API itself: the deployment does.
 */
function dependencies(
  resources: Resources,
  apiId: string,
  waits: readonly string[],
): Pick<TemplateResource, 'DependsOn'> {
  const needsApi = (id: string) => JSON.stringify(resources[id] ?? null).includes(`{"Ref":"${apiId}"}`);
  const DependsOn = [...new Set(waits)].filter((id) => !needsApi(id));
  return DependsOn.length === 0 ? {} : { DependsOn };
}

function forget(resources: Resources, parts: ApiParts): void {
  for (const [id, resource] of Object.entries(resources)) {
    if (!Array.isArray(resource.DependsOn)) continue;
    resources[id] = { ...resource, DependsOn: resource.DependsOn.filter((one) => !parts.has(one)) };
  }
}
