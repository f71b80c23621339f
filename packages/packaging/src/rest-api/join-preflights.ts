import type { Serverless, TemplateResource } from '../framework/serverless.ts';

type Resources = Record<string, TemplateResource>;

/** A method that API Gateway answers by itself, limited to what is joined. */
interface MockMethod {
  readonly HttpMethod: string;
  readonly ResourceId: unknown;
  MethodResponses: readonly object[];
  readonly Integration: {
    readonly Type: string;
    RequestTemplates: Readonly<Record<string, string>>;
    IntegrationResponses: readonly { readonly StatusCode: string }[];
  };
}

/**
 * Lets the method of a path that takes every other method (`answerUnmatched`) answer preflights too, instead of the
 * OPTIONS method that the framework makes from `cors`: a stack can have 500 resources, and that would be one more for
 * each path. Headers and bodies stay as the framework wrote them.
 */
export function joinPreflights({ service }: Serverless): void {
  const { Resources } = service.provider.compiledCloudFormationTemplate;
  const byPath = new Map(mocksOf(Resources, 'ANY').map(([, mock]) => [JSON.stringify(mock.ResourceId), mock]));
  const joined = new Set<string>();
  for (const [id, preflight] of mocksOf(Resources, 'OPTIONS')) {
    const mock = byPath.get(JSON.stringify(preflight.ResourceId));
    if (mock === undefined) continue;
    answerPreflight(mock, preflight);
    delete Resources[id];
    joined.add(id);
  }
  if (joined.size > 0) forget(Resources, joined);
}

function mocksOf(resources: Resources, method: string): [string, MockMethod][] {
  return Object.entries(resources).flatMap(([id, { Type, Properties }]) => {
    if (Type !== 'AWS::ApiGateway::Method') return [];
    const mock = Properties as unknown as MockMethod;
    return mock.HttpMethod === method && mock.Integration.Type === 'MOCK' ? [[id, mock]] : [];
  });
}

/**
 * The request's template chooses a status by the method, and the status chooses the answer whose pattern it matches.
 * The answer without a pattern takes all the others.
 */
function answerPreflight(mock: MockMethod, { MethodResponses, Integration }: MockMethod): void {
  const [answer] = Integration.IntegrationResponses;
  const own = Object.entries(mock.Integration.RequestTemplates);
  const toPreflight = `{"statusCode":${answer?.StatusCode}}`;
  mock.MethodResponses = [...mock.MethodResponses, ...MethodResponses];
  mock.Integration.RequestTemplates = Object.fromEntries(
    own.map(([type, text]) => [type, `#if($context.httpMethod == "OPTIONS") ${toPreflight} #else ${text} #end`]),
  );
  mock.Integration.IntegrationResponses = [
    ...mock.Integration.IntegrationResponses,
    ...Integration.IntegrationResponses.map((one) => ({ ...one, SelectionPattern: one.StatusCode })),
  ];
}

/** The API's deployment waits for each method by its id. */
function forget(resources: Resources, ids: ReadonlySet<string>): void {
  for (const [id, resource] of Object.entries(resources)) {
    if (!Array.isArray(resource.DependsOn)) continue;
    resources[id] = { ...resource, DependsOn: resource.DependsOn.filter((one) => !ids.has(one)) };
  }
}
