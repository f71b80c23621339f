import type { ServiceStatus } from '../../registration/service-registration.ts';
import { type AuthorizerSettings, type HttpEvent, httpEventsOf } from './http-event.ts';

/** A function, and where it is invoked. */
export interface FunctionTarget {
  readonly name: string;
  readonly lambdaUrl: string;
}

/** Who says whether a request may reach a route's function. */
export interface Authorizer {
  readonly settings: AuthorizerSettings;
  /** undefined where no function of the service has the name. */
  readonly target: FunctionTarget | undefined;
}

/** One route of the API, and the functions behind it. */
export interface Route {
  readonly event: HttpEvent;
  readonly target: FunctionTarget;
  readonly region: string;
  readonly authorizer: Authorizer | undefined;
}

/** A service, as far as its routes need it. */
export type RoutedService = Pick<ServiceStatus, 'functions' | 'lambdaUrl' | 'region'>;

/** The routes of all services. */
export function routesOf(services: readonly RoutedService[]): Route[] {
  return services.flatMap((service) => {
    const { functions, lambdaUrl, region } = service;
    return Object.entries(functions).flatMap(([key, definition]) =>
      httpEventsOf({ [key]: definition }).map((event) => ({
        event,
        target: { name: definition.name, lambdaUrl },
        region,
        authorizer: authorizerOf(event, service),
      })),
    );
  });
}

function authorizerOf({ authorizer }: HttpEvent, { functions, lambdaUrl }: RoutedService): Authorizer | undefined {
  if (authorizer === undefined) return undefined;
  const settings = typeof authorizer === 'string' ? { name: authorizer } : authorizer;
  const definition = functions[settings.name ?? ''];
  return { settings, target: definition && { name: definition.name, lambdaUrl } };
}
