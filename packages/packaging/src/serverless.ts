/** A resource of a CloudFormation template, as far as this package looks at it. */
export interface TemplateResource {
  readonly Type: string;
  readonly DependsOn?: string | readonly string[];
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** The part of the framework that this package uses. */
export interface Serverless {
  readonly service: {
    readonly custom?: Readonly<Record<string, unknown>>;
    readonly provider: {
      readonly stage: string;
      readonly compiledCloudFormationTemplate: { readonly Resources: Record<string, TemplateResource> };
    };
  };
  readonly classes: { readonly Error: new (message: string) => Error };
}
