import { awsEnvironment } from '../lambda/aws-environment.ts';
import { callerName } from '../registration/caller-name.ts';
import { resolveValue, type TemplateScope } from '../registration/template-values.ts';
import type { ServerlessService } from './serverless-instance.ts';

/**
 * Gives each function the environment that leads its AWS clients to the AWS door, under a name of its own. Removes
 * everything that would make serverless-offline do the local AWS' work a second time.
 */
export function prepareFunctions(service: ServerlessService, scope: TemplateScope): void {
  const shared = resolved(service.provider.environment, scope);
  for (const key of service.getAllFunctions()) {
    const definition = service.getFunction(key);
    definition.environment = {
      ...shared,
      ...resolved(definition.environment, scope),
      ...localEnvironment(callerName(service.service, key), scope),
    };
    definition.events = (definition.events ?? []).filter(isOfEmulator).map(withoutBlindModels);
  }
  service.provider.environment = {};
}

/**
 * The local AWS fires the schedules of every service in one place, and serves its WebSocket API; the API's door gives the answers that API Gateway
 * gives by itself.
 */
function isOfEmulator(event: Record<string, unknown>): boolean {
  const { integration } = (event.http ?? {}) as { readonly integration?: string };
  return !('schedule' in event) && !('websocket' in event) && integration !== 'MOCK';
}

/** The only type whose bodies the emulator parses before it compares them with a model. */
const PARSED = 'application/json';

/** Removes the models of other types: the emulator would find that every body under them is a text. */
function withoutBlindModels(event: Record<string, unknown>): Record<string, unknown> {
  const http = event.http as { request?: { schemas?: Record<string, unknown> } } | undefined;
  const model = http?.request?.schemas?.[PARSED];
  if (http?.request?.schemas === undefined) return event;
  const { schemas: _schemas, ...request } = http.request;
  const kept = model === undefined ? request : { ...request, schemas: { [PARSED]: model } };
  return { ...event, http: { ...http, request: kept } };
}

function localEnvironment(caller: string, scope: TemplateScope): Record<string, string> {
  return {
    ...awsEnvironment(caller, scope),
    // Stacks show the lines of the TypeScript.
    NODE_OPTIONS: '--enable-source-maps',
    // There is no X-Ray daemon to send segments to.
    POWERTOOLS_TRACE_ENABLED: 'false',
    AWS_XRAY_CONTEXT_MISSING: 'IGNORE_ERROR',
  };
}

function resolved(environment: Record<string, unknown> | undefined, scope: TemplateScope): Record<string, string> {
  const values = Object.entries(resolveValue(environment ?? {}, scope) as Record<string, unknown>);
  // Lambda's environment holds only strings.
  return Object.fromEntries(values.map(([name, value]) => [name, callable(String(value), scope)]));
}

/** The framework's logical id of a service's WebSocket API. */
const SOCKET_API = 'WebsocketsApi';

/** The AWS door answers `@connections`: under the address that the template gives, nothing on this machine does. */
function callable(value: string, { region, awsUrl }: TemplateScope): string {
  return value.replaceAll(`https://${SOCKET_API}.execute-api.${region}.amazonaws.com`, awsUrl);
}
