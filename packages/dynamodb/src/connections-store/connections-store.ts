import type { BucketInterval } from '@weir/alerts';

/** Subscriptions of a connection. */
export const MAX_SUBSCRIPTIONS = 20;

/** API Gateway ends a connection after two hours; what its end has left behind expires an hour later. */
export const CONNECTION_KEPT_MS = 10_800_000;

/** A connection as it is made. Times are epoch milliseconds. */
export interface NewConnection {
  readonly id: string;
  readonly connectedAt: number;
  readonly keyId: string;
  readonly keyExpiresAt: number | undefined;
  /** The key is limited to actions that begin with one of these; undefined if it is not limited. */
  readonly actionPrefixes: readonly string[] | undefined;
}

/** A client that is connected. */
export interface Connection extends NewConnection {
  /** Grows with each change of its subscriptions. */
  readonly revision: number;
}

/** Which rows a client wants. */
export interface Subscription {
  /** The client's own name for it. */
  readonly id: string;
  readonly actions: readonly string[];
  readonly interval: BucketInterval;
}

/** Posts that an instance wants to make within a second. */
export interface WantedPosts {
  /** Epoch seconds. */
  readonly second: number;
  readonly wanted: number;
  /** All posts of the stage within a second. */
  readonly limit: number;
}

/** The clients of the live push, what they are subscribed to, and the posts of the stage. Reads are consistent. */
export interface ConnectionsStore {
  /** Adds a connection. Adding it again after a lost answer changes nothing. */
  open(connection: NewConnection): Promise<void>;
  find(id: string): Promise<Connection | undefined>;
  all(): Promise<readonly Connection[]>;
  /** Removes a connection, and then its subscriptions. False if it was not there. */
  close(id: string): Promise<boolean>;
  /**
   * Adds a subscription, or replaces the one with its id. `too-many` if the connection has `MAX_SUBSCRIPTIONS` others, or
   * would have with those that come at the same time: it then has none with this id. `gone` if the connection was closed.
   * Whoever reads the connection after the answer finds a new revision.
   */
  subscribe(connectionId: string, subscription: Subscription): Promise<'subscribed' | 'too-many' | 'gone'>;
  unsubscribe(connectionId: string, id: string): Promise<void>;
  /** By id. */
  subscriptions(connectionId: string): Promise<readonly Subscription[]>;
  /** How many of the posts may be made: all instances together never get more than the limit within a second. */
  takePosts(posts: WantedPosts): Promise<number>;
}
