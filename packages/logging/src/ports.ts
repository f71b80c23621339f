/** What a line of the log says beside its message; an exception goes under `error`. */
export type LogFields = Readonly<Record<string, unknown>>;

/** What code needs to log. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** The units that Weir measures in, as CloudWatch spells them. */
export type MetricUnit = 'Count' | 'Milliseconds' | 'Seconds' | 'Bytes';

/** What code needs to measure; names are CloudWatch's metric names, in the namespace `Weir`. */
export interface Meter {
  /** Adds to a number of things that happened; one, unless it says otherwise. */
  count(name: string, value?: number): void;
  /** Records one observation. */
  observe(name: string, unit: MetricUnit, value: number): void;
}
