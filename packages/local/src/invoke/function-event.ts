import type { RegisteredFunction, ServiceRegistration } from '../registration/service-registration.ts';
import type { TemplateScope } from '../registration/template-values.ts';
import { createInvoke, type Invoke } from './lambda-invoke.ts';

/** One function's event, with what is needed to serve it. */
export interface FunctionEvent {
  readonly registration: ServiceRegistration;
  readonly functionKey: string;
  readonly definition: RegisteredFunction;
  readonly invoke: Invoke;
  readonly scope: TemplateScope;
}

/** The events of a service's functions; `awsUrl` is the door. */
export function functionEvents(registration: ServiceRegistration, awsUrl: string): readonly FunctionEvent[] {
  const { resources, region, functions } = registration;
  const scope = { resources, region, functions, awsUrl };
  return Object.entries(functions).map(([functionKey, definition]) => {
    const invoke = createInvoke(registration.lambdaUrl, definition.name);
    return { registration, functionKey, definition, invoke, scope };
  });
}
