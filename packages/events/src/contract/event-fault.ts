/** Why one event does not satisfy the contract. */
export interface EventFault {
  readonly ok: false;
  /** RFC 6901, from the event; empty for the event itself. */
  readonly pointer: string;
  readonly reason: 'shape' | 'timestamp-range' | 'too-large';
  /** For a person: what it must be. */
  readonly detail: string;
}

/** An `EventFault`, always with the same layout. */
export function fault(pointer: string, reason: EventFault['reason'], detail: string): EventFault {
  return { ok: false, pointer, reason, detail };
}
