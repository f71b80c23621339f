/** A resource of a CloudFormation template, limited to what this package reads. */
export interface TemplateResource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string | readonly string[];
  readonly Properties?: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

/** Resources that define what happens to them, by logical id: every resource that holds data does. */
export function dataResources({ Resources }: Template): [string, TemplateResource][] {
  return Object.entries(Resources).filter(([, { DeletionPolicy }]) => DeletionPolicy !== undefined);
}

/** Whether a resource stays when its stack is removed. */
export function isKept({ DeletionPolicy = 'Delete' }: TemplateResource): boolean {
  return DeletionPolicy.startsWith('Retain');
}
