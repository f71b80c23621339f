/** One resource of a CloudFormation template, as the service's resolved `resources:` hold it. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A parameter of a CloudFormation template. */
export interface TemplateParameter {
  readonly Type: string;
  readonly Default?: unknown;
}

/** A function of a service, as its resolved `serverless.yml` describes it. */
export interface RegisteredFunction {
  /** Its full name, `<service>-<stage>-<key>`, by which Lambda's Invoke API knows it. */
  readonly name: string;
  readonly timeoutSeconds: number;
  /** The `events:` of the function, untouched. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
  /**
   * `destinations.onFailure` of the function, untouched: where an asynchronous invocation goes after it was given up.
   */
  readonly onFailure?: unknown;
  /** `destinations.onSuccess`, untouched: where the result of an asynchronous invocation goes. */
  readonly onSuccess?: unknown;
  /** `onError`, untouched: the dead-letter queue or topic of asynchronous invocations. */
  readonly onError?: unknown;
  /** Of asynchronous invocations; Lambda's default is 2. */
  readonly maximumRetryAttempts?: number;
  /** Of asynchronous invocations, in seconds. */
  readonly maximumEventAge?: number;
  /** All permissions of its role, untouched; undefined if they are not known. */
  readonly statements?: readonly PolicyStatement[];
}

/** A statement of a role. */
export interface PolicyStatement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

/** What a service tells the local AWS about itself: everything comes from its resolved `serverless.yml`. */
export interface ServiceRegistration {
  readonly name: string;
  readonly stage: string;
  readonly region: string;
  /** Where serverless-offline answers Lambda's Invoke API. */
  readonly lambdaUrl: string;
  readonly resources: Readonly<Record<string, TemplateResource>>;
  /** The template's own `Parameters`: through them comes what another service has written to the parameter store. */
  readonly parameters?: Readonly<Record<string, TemplateParameter>>;
  /**
   * `resources.extensions`: properties that are laid over resources which the framework generates, for example event
   * source mappings.
   */
  readonly extensions: Readonly<Record<string, { readonly Properties?: Readonly<Record<string, unknown>> }>>;
  readonly functions: Readonly<Record<string, RegisteredFunction>>;
  /** `provider.websocketsApiRouteSelectionExpression`, if the service has one. */
  readonly routeSelection?: string;
}

/** The state of a registered service. */
export interface ServiceStatus {
  readonly name: string;
  /** `waiting` until its Invoke API answers, then `ready`: its event sources are running. */
  readonly state: 'waiting' | 'ready';
  readonly region: string;
  /** Where its functions are invoked. */
  readonly lambdaUrl: string;
  /** Its registration; the API's door takes its gateway responses from it. */
  readonly resources: ServiceRegistration['resources'];
  /** The same; the API's door takes its routes from the events of its functions. */
  readonly functions: ServiceRegistration['functions'];
  /** The same, for the routes of its WebSocket API. */
  readonly routeSelection?: string;
}
