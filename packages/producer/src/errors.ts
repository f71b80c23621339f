/** Something that the producer cannot do; the subclasses say what. */
export class ProducerError extends Error {
  override readonly name: string = 'ProducerError';
}

/** The event breaks the contract: it was not buffered, and sending it again does not help. */
export class InvalidEventError extends ProducerError {
  override readonly name = 'InvalidEventError';
  /** RFC 6901, from the event; empty for the event itself. */
  readonly pointer: string;

  constructor(pointer: string, detail: string, options?: ErrorOptions) {
    super(`the event${pointer && ` at ${pointer}`} ${detail}`, options);
    this.pointer = pointer;
  }
}

/** More sends wait for room than `maxWaiting`: the event was not buffered. Await `send`: fewer sends then wait. */
export class BufferFullError extends ProducerError {
  override readonly name = 'BufferFullError';
}

/** The producer is closed: the event was not buffered. */
export class ProducerClosedError extends ProducerError {
  override readonly name = 'ProducerClosedError';
}
