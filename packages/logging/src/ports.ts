/** The fields of a log line beside its message; an exception goes under `error`. */
export type LogFields = Readonly<Record<string, unknown>>;

/** What code needs in order to log. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** The units that Weir measures in, as CloudWatch spells them. */
export type MetricUnit = 'Count' | 'Milliseconds' | 'Seconds' | 'Bytes';

/** What code needs in order to measure; names are CloudWatch's metric names, in the namespace `Weir`. */
export interface Meter {
  /** Adds to the number of times that something happened; one by default. */
  count(name: string, value?: number): void;
  /** Records one observation. */
  observe(name: string, unit: MetricUnit, value: number): void;
}
