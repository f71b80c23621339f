/** Resources that the stage's key does not encrypt, by logical id, with the reason. */
export const UNENCRYPTED: Readonly<Record<string, string>> = {
  ServerlessDeploymentBucket: 'holds packages and templates, no data; the framework makes it before there is a key',
};

/** A grant with a wildcard, and why it needs one. */
export interface WildcardReason {
  /** The whole action. */
  readonly actions: readonly string[];
  /** The whole resource in the template's words; `*` is any text. */
  readonly resource: string;
  readonly reason: string;
}
