import type { RoleCheck } from '../aws-door/rights/needs/acting-needs.ts';
import { callerName } from '../registration/caller-name.ts';
import type { RegisteredFunction, ServiceRegistration } from '../registration/service-registration.ts';
import { ACCOUNT_ID, type TemplateScope } from '../registration/template-values.ts';
import { createInvoke, type Invoke } from './lambda-invoke.ts';

/** One function's event, with what is needed to serve it. */
export interface FunctionEvent {
  readonly registration: ServiceRegistration;
  readonly functionKey: string;
  readonly definition: RegisteredFunction;
  readonly invoke: Invoke;
  readonly scope: TemplateScope;
  /** Says what the function's role lacks for what AWS does in its name. */
  readonly lacks: RoleCheck;
}

/** The ARN of a function. */
export function functionArn({ definition, registration }: FunctionEvent): string {
  return `arn:aws:lambda:${registration.region}:${ACCOUNT_ID}:function:${definition.name}`;
}

/** The door, and the roles that it holds. */
export interface FunctionEventDeps {
  readonly awsUrl: string;
  readonly checkOf: (role: string) => RoleCheck;
}

/** The events of a service's functions. */
export function functionEvents(
  registration: ServiceRegistration,
  { awsUrl, checkOf }: FunctionEventDeps,
): readonly FunctionEvent[] {
  const { resources, region, functions } = registration;
  const scope = { resources, region, functions, awsUrl };
  return Object.entries(functions).map(([functionKey, definition]) => {
    const invoke = createInvoke(registration.lambdaUrl, definition.name);
    const lacks = checkOf(callerName(registration.name, functionKey));
    return { registration, functionKey, definition, invoke, scope, lacks };
  });
}
