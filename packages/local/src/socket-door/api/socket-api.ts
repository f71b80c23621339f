import type { FunctionTarget } from '../../api-door/gateway/route.ts';
import type { ServiceStatus } from '../../registration/service-registration.ts';
import { type MockRoute, templateRoutes } from './mock-route.ts';

/** The `websocket` event of a function, as the framework takes it. */
interface SocketEventSettings {
  readonly route: string;
  readonly routeResponseSelectionExpression?: string;
  /** The key of a function, or the ARN of one that no service here has. */
  readonly authorizer?: string | { readonly name?: string; readonly identitySource?: readonly string[] };
}

/** The function that says who may connect. */
export interface SocketAuthorizer {
  /** undefined where no function of the service has the name. */
  readonly target: FunctionTarget | undefined;
  /** `route.request.header.Auth`, for example: each of them must be there. */
  readonly identitySource: readonly string[];
}

/** One route of a WebSocket API. */
export interface SocketRoute {
  readonly key: string;
  readonly target: FunctionTarget;
  /** Whether the client gets what the function returns. */
  readonly hasResponse: boolean;
  readonly authorizer: SocketAuthorizer | undefined;
}

/** The WebSocket API that the framework makes of a service's `websocket` events. */
export interface SocketApi {
  readonly service: string;
  readonly region: string;
  /** `$request.body.type`, for example. */
  readonly selection: string;
  readonly routes: ReadonlyMap<string, SocketRoute>;
  /** The routes of the template that need no function. */
  readonly mocks: ReadonlyMap<string, MockRoute>;
}

/** A service, as far as its WebSocket API needs it. */
export type SocketService = Pick<
  ServiceStatus,
  'name' | 'functions' | 'lambdaUrl' | 'region' | 'routeSelection' | 'resources'
>;

/** The framework's own defaults. */
const DEFAULT_SELECTION = '$request.body.action';
const DEFAULT_IDENTITY_SOURCE = ['route.request.header.Auth'];

/** The WebSocket API of a service; undefined if no function of it has a `websocket` event. */
export function socketApiOf(service: SocketService): SocketApi | undefined {
  const routes = Object.values(service.functions).flatMap(({ name, events }) =>
    events.flatMap(({ websocket }) => {
      if (websocket === undefined) return [];
      const settings = (typeof websocket === 'string' ? { route: websocket } : websocket) as SocketEventSettings;
      return [routeOf(settings, name, service)];
    }),
  );
  if (routes.length === 0) return undefined;
  return {
    service: service.name,
    region: service.region,
    selection: service.routeSelection ?? DEFAULT_SELECTION,
    routes: new Map(routes.map((route) => [route.key, route])),
    mocks: new Map(templateRoutes(service).mocks.map((route) => [route.key, route])),
  };
}

function routeOf(settings: SocketEventSettings, name: string, service: SocketService): SocketRoute {
  const { route, routeResponseSelectionExpression } = settings;
  return {
    key: route,
    target: { name, lambdaUrl: service.lambdaUrl },
    hasResponse: routeResponseSelectionExpression !== undefined,
    authorizer: authorizerOf(settings, service),
  };
}

function authorizerOf({ authorizer }: SocketEventSettings, service: SocketService): SocketAuthorizer | undefined {
  if (authorizer === undefined) return undefined;
  const { name = '', identitySource = DEFAULT_IDENTITY_SOURCE } =
    typeof authorizer === 'string' ? { name: authorizer } : authorizer;
  const definition = service.functions[name];
  return { target: definition && { name: definition.name, lambdaUrl: service.lambdaUrl }, identitySource };
}
