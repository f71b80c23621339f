import { type Properties, resourcesOf, type Template, target } from '../../templates/template.ts';

/** One action that a role allows on one resource. */
export interface TemplateGrant {
  readonly effect: string;
  readonly action: string;
  /** The resource in the words of the template. */
  readonly resource: unknown;
  readonly condition?: unknown;
}

interface RawStatement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

/** The grants of a role: of its own policies, and of policies that name it. */
export function grantsOf(template: Template, roleId: string): readonly TemplateGrant[] {
  const { Policies = [] } = (template.Resources[roleId]?.Properties ?? {}) as {
    readonly Policies?: readonly Properties[];
  };
  const attached = [...resourcesOf(template, 'AWS::IAM::Policy'), ...resourcesOf(template, 'AWS::IAM::ManagedPolicy')]
    .map(([, { Properties }]) => Properties)
    .filter(({ Roles = [] }) => (Roles as readonly unknown[]).some((role) => target(role) === roleId));
  return [...Policies, ...attached]
    .flatMap(({ PolicyDocument }) => (PolicyDocument as { readonly Statement: readonly RawStatement[] }).Statement)
    .flatMap(({ Effect, Action, Resource, Condition }) =>
      [Action].flat().flatMap((action) =>
        [Resource].flat().map((resource) => ({
          ...{ effect: Effect, action: String(action), resource },
          ...(Condition !== undefined && { condition: Condition }),
        })),
      ),
    );
}
