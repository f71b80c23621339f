import type { Logger, Meter } from '@weir/logging';

/** Is told how the tries to reach Redis end. */
export interface LinkReport {
  /** A connection was made. */
  connected(): void;
  /** A use failed: no connection, no answer in time, or none that makes sense. */
  failed(error: unknown): void;
}

/**
 * Tells operators whether the stage's Redis is reached: `RedisUnreached` is 1 for a use that failed and 0 for a connection
 * that was made. As Redis is left alone for a while after a failure, an outage is a line of the log for each instance, and a
 * point of the metric every few seconds for as long as it lasts: never one for each request.
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
