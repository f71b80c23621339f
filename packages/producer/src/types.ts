/** An event as Weir takes it: see `docs/events.md` for what each field may hold. */
export interface ProducerEvent {
  /**
   * Identifies the event among those of its action: all copies within the window count once. The producer makes one if
   * there is none.
   */
  readonly id?: string;
  readonly userId: string;
  /** Of `A-Z a-z 0-9 . _ : -`, not beginning with `__`, and neither `.` nor `..`. */
  readonly action: string;
  /** Epoch milliseconds, RFC 3339, or a Date. */
  readonly timestamp: number | string | Date;
  /** The number that is summed; 0 if it is left out. The number of events is counted in any case. */
  readonly value?: number;
  readonly properties?: Readonly<Record<string, string | number | boolean | null>>;
}

/** An event that has an id: sending it again sends the same event. */
export type NamedEvent = ProducerEvent & { readonly id: string };

/** Events that are given up: the stream refused them, or did not take them in time. They may be sent again. */
export interface GivenUp {
  readonly events: readonly NamedEvent[];
  /** The last error of the call, or the code that the stream gave for the record. */
  readonly error: unknown;
}
