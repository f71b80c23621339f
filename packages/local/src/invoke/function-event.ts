import type { RegisteredFunction, ServiceRegistration } from '../registration/service-registration.ts';
import type { TemplateScope } from '../registration/template-values.ts';
import type { Invoke } from './lambda-invoke.ts';

/** One function's event, with what is needed to serve it. */
export interface FunctionEvent {
  readonly registration: ServiceRegistration;
  readonly functionKey: string;
  readonly definition: RegisteredFunction;
  readonly invoke: Invoke;
  readonly scope: TemplateScope;
}
