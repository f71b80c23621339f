import type { PolicyStatement, TemplateParameter, TemplateResource } from '../registration/service-registration.ts';
import type { SchemaHandler } from '../settings/keep-validation.ts';

/** The part of osls that this plugin uses. */
export interface ServerlessInstance {
  readonly service: ServerlessService;
  /** The words of the command: `serverless offline start` is `offline`, `start`. */
  readonly processedInput: { readonly commands: readonly string[] };
  readonly serviceDir: string;
  readonly pluginManager: { readonly plugins: readonly object[] };
  readonly configSchemaHandler: SchemaHandler;
  /** `Error` is shown as its message alone, without a stack. */
  readonly classes: { readonly Error: new (message: string) => Error };
}

/** A service as osls has resolved it. */
export interface ServerlessService {
  /** Its name. */
  readonly service: string;
  readonly configValidationMode?: 'error' | 'warn' | 'off';
  readonly provider: {
    readonly stage: string;
    readonly region: string;
    readonly timeout?: number;
    readonly websocketsApiRouteSelectionExpression?: string;
    readonly role?: unknown;
    readonly iam?: { readonly role?: unknown };
    /** The older form of `iam.role.statements`, and of its `managedPolicies`. */
    readonly iamRoleStatements?: readonly PolicyStatement[];
    readonly iamManagedPolicies?: readonly unknown[];
    environment?: Record<string, unknown>;
  };
  custom?: Record<string, unknown>;
  readonly resources?: ServerlessResources | readonly ServerlessResources[];
  getAllFunctions(): string[];
  getFunction(key: string): ServerlessFunction;
}

/** A function; its events and environment are changed before serverless-offline reads them. */
export interface ServerlessFunction {
  readonly name: string;
  readonly handler?: string;
  readonly timeout?: number;
  events?: Record<string, unknown>[];
  environment?: Record<string, unknown>;
  readonly destinations?: { readonly onFailure?: unknown; readonly onSuccess?: unknown };
  readonly onError?: unknown;
  readonly maximumRetryAttempts?: number;
  readonly maximumEventAge?: number;
  readonly iamRoleStatements?: readonly PolicyStatement[];
  readonly iamRoleStatementsInherit?: boolean;
  /** A role that is not made for this function. */
  readonly role?: unknown;
}

/** The `resources:` of a service. */
export interface ServerlessResources {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Parameters?: Readonly<Record<string, TemplateParameter>>;
  readonly extensions?: Readonly<Record<string, { readonly Properties?: Readonly<Record<string, unknown>> }>>;
}
