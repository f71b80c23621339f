import { type Properties, resourcesOf, type Template, target } from '../../templates/template.ts';

/** A statement of a role that allows something. */
export interface TemplateStatement {
  readonly actions: readonly string[];
  /** In the words of the template. */
  readonly resources: readonly unknown[];
  readonly condition?: object;
}

/** One action that a role allows on one resource. */
export interface TemplateGrant {
  readonly action: string;
  readonly resource: unknown;
  readonly condition?: object;
}

interface RawStatement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: object;
}

/** Each action on each resource that a role allows. */
export function grantsOf(template: Template, roleId: string): readonly TemplateGrant[] {
  return roleStatementsOf(template, roleId).flatMap(({ actions, resources, ...rest }) =>
    actions.flatMap((action) => resources.map((resource) => ({ action, resource, ...rest }))),
  );
}

/** The statements of a role: of its own policies, and of policies that name it. */
export function roleStatementsOf(template: Template, roleId: string): readonly TemplateStatement[] {
  const { Policies = [] } = (template.Resources[roleId]?.Properties ?? {}) as {
    readonly Policies?: readonly Properties[];
  };
  const attached = [...resourcesOf(template, 'AWS::IAM::Policy'), ...resourcesOf(template, 'AWS::IAM::ManagedPolicy')]
    .map(([, { Properties }]) => Properties)
    .filter(({ Roles = [] }) => (Roles as readonly unknown[]).some((role) => target(role) === roleId));
  return [...Policies, ...attached]
    .flatMap(({ PolicyDocument }) => (PolicyDocument as { readonly Statement: readonly RawStatement[] }).Statement)
    .map(({ Action, Resource, Condition }) => ({
      ...{ actions: [Action].flat(), resources: [Resource].flat() },
      ...(Condition !== undefined && { condition: Condition }),
    }));
}
