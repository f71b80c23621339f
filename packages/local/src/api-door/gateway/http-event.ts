/** The `http` event of a function, limited to what the API's door reads. */
export interface HttpEvent {
  /** `any` stands for every method for which the path has no event. */
  readonly method: string;
  /** Without a leading slash; `{name}` is any one segment, and `{name+}` all remaining ones. */
  readonly path: string;
  readonly cors?: {
    readonly origin?: string;
    readonly origins?: readonly string[];
    readonly headers: readonly string[];
    readonly maxAge: number;
  };
  /** The function that says who may call: by its key, or with settings. */
  readonly authorizer?: string | AuthorizerSettings;
  readonly request?: RequestChecks;
}

/** How a route's authorizer is asked. */
export interface AuthorizerSettings {
  readonly name?: string;
  /** `request` gets the whole head; `token`, the default, one header. */
  readonly type?: string;
  /** `method.request.header.Authorization`; several have commas between. */
  readonly identitySource?: string;
  readonly identityValidationExpression?: string;
  readonly resultTtlInSeconds?: number;
}

/** What API Gateway checks before the function runs. */
export interface RequestChecks {
  /** JSON Schemas in draft-04, by the type of the body. */
  readonly schemas?: Readonly<Record<string, object>>;
  /** By place, and name: those that are `true` must be there. */
  readonly parameters?: {
    readonly querystrings?: Readonly<Record<string, unknown>>;
    readonly headers?: Readonly<Record<string, unknown>>;
  };
}

/** An event that API Gateway answers by itself, as `response` says, if the body's type has a template in `request`. */
export interface MockEvent extends HttpEvent {
  readonly integration: 'MOCK';
  readonly request: RequestChecks & { readonly template: Readonly<Record<string, string>> };
  readonly response: {
    /** By name: a text in quotes, or a variable of `context`. */
    readonly headers: Readonly<Record<string, string>>;
    /** The only status that it answers. */
    readonly statusCodes: Readonly<Record<string, { readonly template: string }>>;
  };
}

/** A function's `events:`, untouched. */
type Events = readonly Readonly<Record<string, unknown>>[];

/** The routes of these functions. */
export function httpEventsOf(functions: Readonly<Record<string, { readonly events: Events }>>): HttpEvent[] {
  const events = Object.values(functions).flatMap(({ events }) => events.map(({ http }) => http));
  return events.filter((http): http is HttpEvent => typeof http === 'object' && http !== null);
}

/** The origins whose pages may call some of these routes; `*` for every one. */
export function originsOf(events: readonly HttpEvent[]): string[] {
  return [...new Set(events.flatMap(({ cors }) => (cors ? (cors.origins ?? [cors.origin ?? '*']) : [])))];
}

/** Whether API Gateway answers an event by itself, without a function. */
export function isMock(event: HttpEvent): event is MockEvent {
  return (event as Partial<MockEvent>).integration === 'MOCK';
}
