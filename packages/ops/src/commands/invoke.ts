/** How a call of a function ended. */
export type Invoked =
  | { readonly kind: 'returned'; readonly answer: unknown }
  /** It threw or timed out. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'unknown-function' }
  | { readonly kind: 'unreached'; readonly message: string };

/** Calls a function and waits for its end. */
export type Invoke = (functionName: string, event: object) => Promise<Invoked>;
