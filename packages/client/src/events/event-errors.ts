import { WeirError } from '../calls/call-errors.ts';

/** An event that Weir refuses: sending it again does not help. */
export class InvalidEventError extends WeirError {
  override readonly name = 'InvalidEventError';
  /** RFC 6901, from the event; empty for the event itself. */
  readonly pointer: string;
  /** The stable name that the API gave, such as `timestamp-range`; undefined if the client refused it. */
  readonly reason: string | undefined;

  constructor(pointer: string, detail: string, { reason, cause }: { reason?: string; cause?: unknown } = {}) {
    super(`the event${pointer && ` at ${pointer}`} ${detail}`, { cause });
    this.pointer = pointer;
    this.reason = reason;
  }
}

/** More sends wait for room than `maxWaiting`: the event was not taken. Await `send`: fewer sends then wait. */
export class BufferFullError extends WeirError {
  override readonly name = 'BufferFullError';
}

/** The sender is closed: the event was not taken. */
export class SenderClosedError extends WeirError {
  override readonly name = 'SenderClosedError';
}
