/** The `http` event of a function, as far as the API's door looks at it. */
export interface HttpEvent {
  /** `any` stands for every method that the path has no event of. */
  readonly method: string;
  /** Without a leading slash; `{name}` is any one segment, and `{name+}` all that are left. */
  readonly path: string;
  readonly cors?: {
    readonly origin?: string;
    readonly origins?: readonly string[];
    readonly headers: readonly string[];
    readonly maxAge: number;
  };
}

/** An event that API Gateway answers by itself: as `response` says, to a body of a type that `request` has a template for. */
export interface MockEvent extends HttpEvent {
  readonly integration: 'MOCK';
  readonly request: { readonly template: Readonly<Record<string, string>> };
  readonly response: {
    /** By name: a text in quotes, or a variable of `context`. */
    readonly headers: Readonly<Record<string, string>>;
    /** The one status that it answers with. */
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

/** Whether API Gateway answers an event by itself, and no function. */
export function isMock(event: HttpEvent): event is MockEvent {
  return (event as Partial<MockEvent>).integration === 'MOCK';
}
