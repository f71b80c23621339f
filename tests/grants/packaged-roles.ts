import { type Role, rolesOf, type ServiceRegistration, scopeServices } from '@weir/local/rights';
import type { PackagedService } from '../templates/package-service.ts';
import { propertiesOf, resourcesOf, type Template, target } from '../templates/template.ts';

type Statements = NonNullable<ServiceRegistration['functions'][string]['statements']>;

/**
 * The roles of packaged services, under the names that the local AWS gives them: each function's under the function's
 * name. A record is of the stage `local`; the templates of another stage differ in the stage's name.
 */
export function packagedRoles(services: readonly PackagedService[], stage: string): readonly Role[] {
  const registrations = services.map(({ name, template }) => registrationOf(`weir-${name}`, asLocal(template, stage)));
  const scoped = scopeServices(registrations, 'http://127.0.0.1:4566');
  const ofFunctions = new Set(services.flatMap(({ name, template }) => functionRoles(`weir-${name}`, template)));
  return scoped.flatMap(rolesOf).flatMap(([, role]) => (ofFunctions.has(role.name) ? [] : [role]));
}

/** In a name or an ARN, the stage is a part of its own. */
function asLocal(template: Template, stage: string): Template {
  const part = new RegExp(`(?<=[-/])${stage}(?=[-/]|$)`, 'g');
  const renamed = (_key: string, value: unknown) => (typeof value === 'string' ? value.replace(part, 'local') : value);
  return JSON.parse(JSON.stringify(template), renamed) as Template;
}

/** The names that the local AWS gives to the template's roles of functions. */
function functionRoles(service: string, template: Template): readonly string[] {
  return resourcesOf(template, 'AWS::Lambda::Function').map(
    ([, { Properties }]) => `${service} ${target(Properties.Role)}`,
  );
}

function registrationOf(name: string, template: Template): ServiceRegistration {
  const functions = resourcesOf(template, 'AWS::Lambda::Function').map(([id, { Properties }]) => [
    id,
    {
      ...{ name: String(Properties.FunctionName), timeoutSeconds: 0, events: [] },
      statements: roleStatements(template, target(Properties.Role) ?? ''),
    },
  ]);
  return {
    ...{ name, stage: 'local', region: 'us-east-1', lambdaUrl: '', extensions: {} },
    resources: template.Resources,
    parameters: template.Parameters as ServiceRegistration['parameters'] & object,
    functions: Object.fromEntries(functions),
  };
}

/** All statements of a role of a template. */
export function roleStatements(template: Template, roleId: string): Statements {
  const { Policies } = propertiesOf(template, roleId) as {
    readonly Policies: readonly { readonly PolicyDocument: { readonly Statement: Statements } }[];
  };
  return Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}
