import type { Logger, Meter, Telemetry } from '@weir/logging';
import type { S3Event, S3Handler } from 'aws-lambda';
import { parseUploadKey } from '../stored/upload-name.ts';
import { decodeObjectKey } from './decode-object-key.ts';
import { type SettleUploadDeps, settleUpload } from './settle-upload.ts';

/** Dependencies of the function `thumbnail`. */
export interface ThumbnailDeps extends SettleUploadDeps {
  readonly log: Logger;
  readonly meter: Meter;
}

/**
 * Settles every upload of an S3 event. A failed upload does not stop the others, but it makes the call fail: Lambda then
 * retries the call twice and moves it to the dead-letter queue.
 */
export async function settleEvent(deps: ThumbnailDeps, event: Partial<S3Event>): Promise<void> {
  const failures: unknown[] = [];
  for (const { s3 } of event.Records ?? []) {
    await settleObject(deps, s3.object.key).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} uploads could not be settled`);
}

async function settleObject(deps: ThumbnailDeps, encodedKey: string): Promise<void> {
  const key = decodeObjectKey(encodedKey);
  const name = key === undefined ? undefined : parseUploadKey(key);
  const settlement = name ? await settleUpload(deps, name) : ({ kind: 'unknown' } as const);
  if (settlement.kind === 'unknown') deps.log.warn('Ignored an unknown object', { key: key ?? encodedKey });
  else deps.log.info('Settled an upload', { key, settlement });
  if (settlement.kind === 'rejected') deps.meter.count('AvatarsRejected');
}

/** Makes the handler of the function `thumbnail`. */
export function createThumbnailHandler(
  telemetry: Telemetry,
  deps: Omit<ThumbnailDeps, 'log' | 'meter'>,
): (...args: Parameters<S3Handler>) => Promise<void> {
  const { log, meter, observe } = telemetry;
  return (event, context) =>
    observe({ context, annotations: { batchSize: event.Records?.length ?? 0 } }, () =>
      settleEvent({ ...deps, log, meter }, event),
    );
}
