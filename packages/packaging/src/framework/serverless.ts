/** A resource of a CloudFormation template, limited to what this package reads. */
export interface TemplateResource {
  readonly Type: string;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly Properties?: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly UpdatePolicy?: object;
}

/** A route of a function. */
export interface HttpEvent {
  readonly method: string;
  readonly path: string;
  cors?: object;
  request?: object;
}

/** A route that API Gateway answers by itself. */
export interface MockEvent extends HttpEvent {
  readonly integration: 'MOCK';
  readonly response: {
    /** Values are texts in quotes, or variables of `context`. */
    readonly headers: Record<string, string>;
    readonly statusCodes: Readonly<Record<string, { readonly pattern: string; readonly template: string }>>;
  };
}

/** A function of a service, limited to what this package reads. */
export interface ServiceFunction {
  readonly events?: { readonly http?: unknown }[];
  readonly package?: { readonly patterns?: readonly string[] };
  /** Instances that wait for calls. */
  readonly provisionedConcurrency?: unknown;
  /** The alias at which the framework points what calls the function; undefined if it points at the function. */
  readonly targetAlias?: { readonly name: string; readonly logicalId: string };
  /** The function's name in AWS. */
  readonly name?: string;
  environment?: Readonly<Record<string, unknown>>;
  /** Subnets and security groups. */
  vpc?: object;
  /** The name that serverless-iam-roles-per-function gives the function's role. */
  iamRoleStatementsName?: string;
  /** The statements of the function's role; undefined if it has none of its own. */
  iamRoleStatements?: readonly unknown[];
  /** The logical id of its version in this package; undefined if it has no versions. */
  readonly versionLogicalId?: string;
}

/** The part of a service, as the framework has resolved it, that this package uses. */
export interface Service {
  /** Its name, such as `weir-api`. */
  readonly service?: string;
  readonly provider: {
    readonly stage: string;
    readonly region?: string;
    readonly compiledCloudFormationTemplate: {
      readonly Resources: Record<string, TemplateResource>;
      readonly Outputs?: Record<string, unknown>;
    };
    environment?: Readonly<Record<string, unknown>>;
    /** Encrypts the environments of the functions. */
    readonly kmsKeyArn?: unknown;
    readonly stackTags?: Readonly<Record<string, unknown>>;
    readonly tags?: Readonly<Record<string, unknown>>;
  };
  readonly custom?: Readonly<Record<string, unknown>>;
  readonly resources?: ServiceResources | readonly ServiceResources[];
  readonly functions?: Record<string, ServiceFunction>;
  getAllFunctions(): readonly string[];
  getFunction(key: string): ServiceFunction;
}

/** One part of a service's `resources:`. */
export interface ServiceResources {
  readonly Resources?: Record<string, TemplateResource>;
}

/** The part of the framework that this package uses. */
export interface Serverless {
  readonly serviceDir: string;
  readonly service: Service;
  readonly classes: { readonly Error: new (message: string) => Error };
}

/** The framework, as a plugin gets it. */
export interface Framework extends Serverless {
  getProvider(name: 'aws'): { readonly naming: Naming };
}

/** How the framework names what it makes. It asks at each name. */
export interface Naming {
  /** The logical id of a version of a function. The hash is of the code, and of what Lambda keeps with a version. */
  getLambdaVersionLogicalId(key: string, hash: string): string;
}

/** Every resource of the service's own `resources:`. */
export function resourcesOf({ resources = [] }: Service): TemplateResource[] {
  return [resources].flat().flatMap(({ Resources = {} }) => Object.values(Resources));
}

/** Every route of the service's functions. */
export function httpEventsOf(service: Service): HttpEvent[] {
  const events = service.getAllFunctions().flatMap((key) => service.getFunction(key).events ?? []);
  return events.map(({ http }) => http).filter((http): http is HttpEvent => typeof http === 'object' && http !== null);
}

/** Whether API Gateway answers a route by itself. */
export function isMock(event: HttpEvent): event is MockEvent {
  return (event as Partial<MockEvent>).integration === 'MOCK';
}
