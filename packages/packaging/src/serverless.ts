/** A resource of a CloudFormation template, as far as this package looks at it. */
export interface TemplateResource {
  readonly Type: string;
  readonly DependsOn?: string | readonly string[];
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A function of a service, as far as this package looks at it. */
export interface ServiceFunction {
  readonly package?: { readonly patterns?: readonly string[] };
}

/** The part of the framework that this package uses. */
export interface Serverless {
  readonly serviceDir: string;
  readonly service: {
    readonly custom?: Readonly<Record<string, unknown>>;
    readonly functions: Readonly<Record<string, ServiceFunction>>;
    readonly provider: {
      readonly stage: string;
      readonly compiledCloudFormationTemplate: { readonly Resources: Record<string, TemplateResource> };
    };
  };
  readonly classes: { readonly Error: new (message: string) => Error };
}
