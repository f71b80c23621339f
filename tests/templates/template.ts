/** The parts of a CloudFormation template that the tests read. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: unknown }>>;
}

export interface Resource {
  readonly Type: string;
  readonly Properties: Properties;
  /** The name of a condition of the template. */
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string | readonly string[];
  readonly UpdatePolicy?: { readonly CodeDeployLambdaAliasUpdate?: Properties };
}

export type Properties = Readonly<Record<string, unknown>>;

/** A statement of a policy. A value that may be one or several in a template is always a list here. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly unknown[];
  readonly condition?: unknown;
}

/** The resources of one type, by logical id. */
export function resourcesOf(template: Template, type: string): readonly (readonly [string, Resource])[] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** The properties of one resource. Throws if there is none. */
export function propertiesOf(template: Template, id: string): Properties {
  const resource = template.Resources[id];
  if (resource === undefined) throw new Error(`the template has no ${id}`);
  return resource.Properties;
}

/** The environment of a function; a number is a text there. */
export function variablesOf(template: Template, functionId: string): Readonly<Record<string, unknown>> {
  const { Environment } = propertiesOf(template, functionId) as { Environment: { Variables: Record<string, unknown> } };
  return Environment.Variables;
}

/** The logical id in `{ "Fn::GetAtt": [id, …] }` or `{ "Ref": id }`. */
export function target(value: unknown): string | undefined {
  const { Ref, 'Fn::GetAtt': getAtt } = (value ?? {}) as { Ref?: string; 'Fn::GetAtt'?: readonly [string, string] };
  return Ref ?? getAtt?.[0];
}

/**
 * The logical id of the function that a permission is for: it names the function, an alias, or the joined ARN of one.
 */
export function permittedFunction(template: Template, { FunctionName }: Properties): string | undefined {
  const { 'Fn::Join': joined } = (FunctionName ?? {}) as { 'Fn::Join'?: readonly [string, readonly unknown[]] };
  const id = target(joined?.[1][0] ?? FunctionName);
  const { Type, Properties } = template.Resources[id ?? ''] ?? {};
  return Type === 'AWS::Lambda::Alias' ? target(Properties?.FunctionName) : id;
}

/** The tasks of all state machines: their names, how long they may take, and the logical ids of their functions. */
export function tasksOf(template: Template): readonly Task[] {
  return resourcesOf(template, 'AWS::StepFunctions::StateMachine').flatMap(([machine, { Properties }]) => {
    const { Definition, DefinitionSubstitutions } = Properties as {
      readonly Definition: unknown;
      readonly DefinitionSubstitutions: Properties;
    };
    return [...tasksIn(Definition)].map(([name, { Resource, TimeoutSeconds }]) => {
      const variable = String(Resource).slice(2, -1);
      const functionId = target(DefinitionSubstitutions[variable]);
      return { name: `${machine}: ${name}`, timeoutSeconds: TimeoutSeconds as number | undefined, functionId };
    });
  });
}

export interface Task {
  readonly name: string;
  readonly timeoutSeconds: number | undefined;
  readonly functionId: string | undefined;
}

function* tasksIn(value: unknown): Iterable<[string, Properties]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if ((inner as Properties | null)?.Type === 'Task') yield [name, inner];
    else yield* tasksIn(inner);
  }
}

/** The statements of a function's role. */
export function statementsOf(template: Template, functionId: string): readonly Statement[] {
  const role = propertiesOf(template, target(propertiesOf(template, functionId).Role) ?? 'role');
  const policies = role.Policies as readonly { PolicyDocument: { Statement: readonly RawStatement[] } }[];
  return policies
    .flatMap((policy) => policy.PolicyDocument.Statement)
    .map(({ Action, Resource, Condition }) => ({
      actions: [Action].flat(),
      resources: [Resource].flat(),
      ...(Condition !== undefined && { condition: Condition }),
    }));
}

interface RawStatement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}
