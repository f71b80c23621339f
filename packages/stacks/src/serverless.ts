import type { Template, TemplateResource } from './account/template.ts';

/** The part of the framework that this package uses. */
export interface Serverless {
  readonly serviceDir: string;
  readonly service: {
    readonly provider: { readonly stage: string; readonly compiledCloudFormationTemplate: Template };
    readonly custom?: { readonly stage?: { readonly keepData?: unknown } };
    readonly resources?: ServiceResources | readonly ServiceResources[];
  };
  readonly classes: { readonly Error: new (message: string) => Error };
  getProvider(name: 'aws'): AwsProvider;
}

/** One part of a service's `resources:`. */
export interface ServiceResources {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

export interface AwsProvider {
  readonly naming: { getStackName(): string };
  getRegion(): string;
  getAccountId(): Promise<string>;
  /** The settings of every client. */
  getAwsSdkV3Config(): Promise<object>;
}

/** The framework's output for a plugin. */
export interface PluginWriters {
  readonly log: { notice(line: string): void };
}
