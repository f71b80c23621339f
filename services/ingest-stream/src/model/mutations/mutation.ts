/** One part of the protocol, removed on purpose. */
export interface Mutation {
  /** How the protocol then behaves. */
  readonly name: string;
  /**
   * The changed source: below `services/ingest-stream/src` or, for `@weir/dynamodb/`, below `packages/dynamodb/src`.
   */
  readonly file: string;
  /** The text to replace: it must be in the source exactly once. */
  readonly find: string;
  readonly replace: string;
}
