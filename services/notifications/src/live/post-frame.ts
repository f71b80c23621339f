/**
 * What became of a frame. `gone`: there is no such connection any more. `dropped`: its client does not read, or there
 * are too many requests; whoever gets a later row needs no earlier one.
 */
export type PostOutcome = 'sent' | 'gone' | 'dropped';

/** Sends a message to a client that is connected. */
export type PostFrame = (connectionId: string, message: object) => Promise<PostOutcome>;
