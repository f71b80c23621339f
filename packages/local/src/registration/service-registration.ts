/** One resource of a CloudFormation template, as the service's resolved `resources:` hold it. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A function of a service, as its resolved `serverless.yml` describes it. */
export interface RegisteredFunction {
  /** Its full name, `<service>-<stage>-<key>`: what Lambda's Invoke API is asked for. */
  readonly name: string;
  readonly timeoutSeconds: number;
  /** The `events:` of the function, untouched. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
  /** `destinations.onFailure` of the function, untouched: where an asynchronous invocation goes that was given up. */
  readonly onFailure?: unknown;
  /** What its role allows (`iamRoleStatements`), untouched. */
  readonly statements?: readonly PolicyStatement[];
}

/** A statement of a role. */
export interface PolicyStatement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

/** What a service tells the local AWS about itself: all of it taken from its resolved `serverless.yml`. */
export interface ServiceRegistration {
  readonly name: string;
  readonly stage: string;
  readonly region: string;
  /** Where serverless-offline answers Lambda's Invoke API. */
  readonly lambdaUrl: string;
  readonly resources: Readonly<Record<string, TemplateResource>>;
  /** `resources.extensions`: properties laid over resources that the framework generates, such as event source mappings. */
  readonly extensions: Readonly<Record<string, { readonly Properties?: Readonly<Record<string, unknown>> }>>;
  readonly functions: Readonly<Record<string, RegisteredFunction>>;
}

/** How far a registered service has come. */
export interface ServiceStatus {
  readonly name: string;
  /** `waiting` until its Invoke API answers, then `ready`: its event sources are running. */
  readonly state: 'waiting' | 'ready';
  /** What it registered with; the API's door takes its gateway responses from them. */
  readonly resources: ServiceRegistration['resources'];
  /** The same; the API's door takes preflights from their events. */
  readonly functions: ServiceRegistration['functions'];
}
