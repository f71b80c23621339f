import type { RegisteredFunction, ServiceRegistration } from '../registration/service-registration.ts';
import { roleStatements } from './role-statements.ts';
import type { ServerlessResources, ServerlessService } from './serverless-instance.ts';

/** Lambda's default, which serverless-offline takes as well. */
const DEFAULT_TIMEOUT_SECONDS = 6;

/** Everything that the local AWS needs to know about a service, from its resolved `serverless.yml`. */
export function describeService(service: ServerlessService, lambdaUrl: string): ServiceRegistration {
  const { stage, region, websocketsApiRouteSelectionExpression: routeSelection } = service.provider;
  const parts = resourceParts(service);
  return {
    name: service.service,
    stage,
    region,
    lambdaUrl,
    resources: Object.assign({}, ...parts.map(({ Resources }) => Resources)),
    parameters: Object.assign({}, ...parts.map(({ Parameters }) => Parameters)),
    extensions: Object.assign({}, ...parts.map(({ extensions }) => extensions)),
    functions: Object.fromEntries(service.getAllFunctions().map((key) => [key, describeFunction(service, key)])),
    ...(routeSelection !== undefined && { routeSelection }),
  };
}

function describeFunction(service: ServerlessService, key: string): RegisteredFunction {
  const { name, timeout, events = [], destinations } = service.getFunction(key);
  const timeoutSeconds = timeout ?? service.provider.timeout ?? DEFAULT_TIMEOUT_SECONDS;
  const statements = roleStatements(service, key);
  return {
    name,
    timeoutSeconds,
    events,
    onFailure: destinations?.onFailure,
    ...(statements !== undefined && { statements }),
    ...asyncSettings(key, service),
  };
}

/** What a function says of its asynchronous invocations. */
function asyncSettings(key: string, service: ServerlessService): Partial<RegisteredFunction> {
  const { destinations, onError, maximumRetryAttempts, maximumEventAge } = service.getFunction(key);
  const settings = { onSuccess: destinations?.onSuccess, onError, maximumRetryAttempts, maximumEventAge };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function resourceParts({ resources }: ServerlessService): readonly ServerlessResources[] {
  if (resources === undefined) return [];
  return Array.isArray(resources) ? resources : [resources as ServerlessResources];
}
