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
}

/** An event that API Gateway answers by itself, as `response` says, if the body's type has a template in `request`. */
export interface MockEvent extends HttpEvent {
  readonly integration: 'MOCK';
  readonly request: { readonly template: Readonly<Record<string, string>> };
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

/** Whether API Gateway answers an event by itself, without a function. */
export function isMock(event: HttpEvent): event is MockEvent {
  return (event as Partial<MockEvent>).integration === 'MOCK';
}
