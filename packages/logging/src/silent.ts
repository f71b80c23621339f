import type { Logger, Meter } from './ports.ts';

const ignore = (): void => undefined;

/** A log that nobody reads. */
export const silentLog: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** A meter that nobody reads. */
export const silentMeter: Meter = { count: ignore, observe: ignore };
