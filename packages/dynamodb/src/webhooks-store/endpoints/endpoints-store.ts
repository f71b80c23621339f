/** Endpoints of a stage. Each message is compared with all of them. */
export const MAX_ENDPOINTS = 100;

/** A secret, `whsec_…` or `whsk_…`. */
export interface EndpointSecret {
  readonly secret: string;
  /** The time, in epoch milliseconds, from which it no longer signs; undefined: until it is rotated. */
  readonly until: number | undefined;
}

/** Why an endpoint gets nothing. */
export interface Disabled {
  readonly reason: 'gone' | 'failing' | 'asked';
  /** Epoch milliseconds. */
  readonly since: number;
}

/** What the last attempts say of an endpoint. Times are epoch milliseconds. */
export interface EndpointHealth {
  /** When the failures began that no success has ended. */
  readonly firstFailureAt: number | undefined;
  /** Failures since then, as far as they are counted. */
  readonly failures: number;
  /** Whether its deliveries go through the slow queue. */
  readonly slow: boolean;
  /** It wants no request before this time. */
  readonly pausedUntil: number | undefined;
  /** Grows with each change of the health. */
  readonly revision: number;
}

/** The health of an endpoint that has not failed. */
export const GOOD_HEALTH = { firstFailureAt: undefined, failures: 0, slow: false, pausedUntil: undefined } as const;

/** An endpoint as it is made. */
export interface NewEndpoint {
  readonly id: string;
  readonly url: string;
  /** The types of messages that it takes. */
  readonly events: readonly string[];
  readonly format: 'standard' | 'slack';
  /** Whether it has a pair of keys (`whsk_…`) beside its secret. */
  readonly asymmetric: boolean;
  /** The newest first. None for Slack. */
  readonly secrets: readonly EndpointSecret[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Id of the key that made it. */
  readonly keyId: string;
}

/** An endpoint: an address that takes messages. */
export interface Endpoint extends NewEndpoint {
  readonly status: 'enabled' | 'disabled';
  /** Only while it is disabled. */
  readonly disabled: Disabled | undefined;
  readonly health: EndpointHealth;
  /** Grows with each change but those of the health. */
  readonly revision: number;
}

/** What a caller changes of an endpoint. What is left out stays. */
export interface EndpointChange {
  readonly url?: string | undefined;
  readonly events?: readonly string[] | undefined;
  readonly secrets?: readonly EndpointSecret[] | undefined;
  /** Disables it; null enables it. */
  readonly disabled?: Disabled | null | undefined;
}

/** One page of endpoints, by id. */
export interface EndpointsPage {
  readonly endpoints: readonly Endpoint[];
  /** The id after which the next page begins; undefined on the last page. */
  readonly next: string | undefined;
}

/** The endpoints of a stage. Reads are consistent, and writes are conditional. */
export interface EndpointsStore {
  /**
   * `exists` if the id is taken, `full` if the stage has `MAX_ENDPOINTS`, `removed` if the endpoint with this id was
   * removed while its deliveries may still be there. Callers that come at the same time may go a few over the limit.
   */
  createEndpoint(endpoint: NewEndpoint): Promise<'created' | 'exists' | 'full' | 'removed'>;
  findEndpoint(id: string): Promise<Endpoint | undefined>;
  listEndpoints(query: { readonly after: string | undefined; readonly limit: number }): Promise<EndpointsPage>;
  allEndpoints(): Promise<readonly Endpoint[]>;
  /**
   * Changes an endpoint as it was read. Returns it as it is then; undefined if another change was first, or it is gone.
   * With another address, or enabled again, it begins with the health of a new one.
   */
  updateEndpoint(read: Pick<Endpoint, 'id' | 'revision'>, change: EndpointChange): Promise<Endpoint | undefined>;
  /** False if there was none. Its deliveries stay until they are claimed or forgotten. */
  removeEndpoint(id: string, now: number): Promise<boolean>;
  /** Sets the health if it is as it was read. */
  setHealth(read: Pick<Endpoint, 'id' | 'health'>, health: Omit<EndpointHealth, 'revision'>): Promise<boolean>;
  /** Disables an endpoint if it is enabled, and its health and address are as they were read: no success came since. */
  disableEndpoint(read: Pick<Endpoint, 'id' | 'revision' | 'health'>, disabled: Disabled): Promise<boolean>;
}
