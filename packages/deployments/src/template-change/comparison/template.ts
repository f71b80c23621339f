/** The parts of a CloudFormation template that a change is compared by. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Resources;
  readonly Outputs?: Readonly<Record<string, Output>>;
}

export type Resources = Readonly<Record<string, Resource>>;

export interface Resource {
  readonly Type: string;
  readonly Properties?: Properties;
  /** The name of a condition of the template. */
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string | readonly string[];
}

export type Properties = Readonly<Record<string, unknown>>;

export interface Output {
  readonly Value: unknown;
  readonly Export?: unknown;
  readonly Condition?: string;
}

/** Whether two values of a template say the same. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
