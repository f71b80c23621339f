import type { Logger, Meter } from '@weir/logging';

/** Is called with the result of each attempt to reach Redis. */
export interface LinkReport {
  /** A connection was made. */
  connected(): void;
  /** A use failed: no connection, no answer in time, or an answer that is not valid. */
  failed(error: unknown): void;
}

/**
 * Shows operators whether the stage's Redis is reached: `RedisUnreached` is 1 for a failed use and 0 for a new
 * connection. After a failure Redis is not called for a while. So an outage is one log line and one value of the metric
 * every few seconds for each instance, and never one for each request.
 */
export function createLinkReport({ meter, log }: { readonly meter: Meter; readonly log: Logger }): LinkReport {
  let isDown = false;
  return {
    connected() {
      meter.observe('RedisUnreached', 'Count', 0);
      if (isDown) log.info('Redis answers again');
      isDown = false;
    },
    failed(error) {
      meter.observe('RedisUnreached', 'Count', 1);
      if (!isDown) log.warn('Redis is not reached: this instance limits keys and keeps answers by itself', { error });
      isDown = true;
    },
  };
}
