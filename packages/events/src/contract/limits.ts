/** Largest text of one event, in bytes of UTF-8: 64 KiB. JSON Schema cannot express it. */
export const MAX_EVENT_BYTES = 64 * 1024;

/**
 * Largest `properties` of one event, in bytes: 8 KB. Names and texts count their UTF-8 bytes, every other value 8: the
 * size does not depend on how the sender wrote it. JSON Schema cannot express it.
 */
export const MAX_PROPERTIES_BYTES = 8 * 1024;

/** What a number, a boolean or a null in `properties` counts: the width of a double. */
export const OTHER_VALUE_BYTES = 8;

/**
 * Levels of brackets in one event, its own included. Readers of the archive have limits: Jackson, with which Athena
 * reads JSON, takes 1,000, and DuckDB's time grows with the square of the depth.
 */
export const MAX_NESTING = 512;

/** The most faults of one kind that are reported for one text: its sender corrects what they have in common. */
export const MAX_FAULTS = 16;

/** No further fault is reported once the pointers have this many UTF-16 units. */
export const MAX_POINTER_UNITS = 1_000;

/** How far after the arrival of its record an event may lie: 24 hours. JSON Schema cannot express it. */
export const MAX_LEAD_MS = 24 * 60 * 60 * 1000;

/** The earliest time of an event, epoch milliseconds: 2000-01-01T00:00:00Z. */
export const EARLIEST_TIMESTAMP = Date.UTC(2000, 0, 1);
