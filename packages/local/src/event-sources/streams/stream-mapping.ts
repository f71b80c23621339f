import type { AwsClient } from '../../aws-calls/aws-client.ts';
import { expectRight } from '../../aws-door/rights/needs/acting-needs.ts';
import { type FunctionEvent, functionArn } from '../../invoke/function-event.ts';
import type { RunningSource } from '../mappings/event-source-mapping.ts';
import type { SourceClock } from '../mappings/source-clock.ts';
import type { Checkpoints } from './checkpoints.ts';
import { createOnFailure, type OnFailureDeps } from './on-failure.ts';
import type { StreamPort } from './stream-port.ts';
import type { StreamSettings } from './stream-settings.ts';
import { startStreamSource } from './stream-source.ts';

/** What every mapping of a stream needs. */
export interface StreamMappingDeps {
  /** The door. */
  readonly aws: AwsClient;
  readonly checkpointsOf: (source: string) => Checkpoints;
  readonly clock: SourceClock;
  readonly log: (line: string) => void;
}

/** A mapping whose stream has been found. */
export interface StreamMapping {
  readonly event: FunctionEvent;
  readonly settings: StreamSettings;
  readonly port: StreamPort;
  readonly streamArn: string;
  /** Tells the stream from an earlier one of the same name. */
  readonly creation: string;
  readonly batchInfo: OnFailureDeps['batchInfo'];
}

/** Starts what Lambda does for a mapping: reads, batches, invokes, and gives up to the on-failure destination. */
export function startStreamMapping(mapping: StreamMapping, deps: StreamMappingDeps): RunningSource {
  const { event, settings, streamArn, batchInfo } = mapping;
  const { name } = event.definition;
  const { clock } = deps;
  const log = (line: string) => deps.log(`${name}: ${line}`);
  const destination = settings.onFailure;
  // Lambda looks whether an S3 bucket exists.
  const looks = destination?.startsWith('arn:aws:s3:') ? [{ action: 's3:ListBucket', resource: destination }] : [];
  expectRight(event.lacks, looks);
  return startStreamSource({
    port: mapping.port,
    invoke: event.invoke,
    checkpoints: deps.checkpointsOf(`${name} ${streamArn} ${mapping.creation}`),
    settings,
    clock,
    giveUp: createOnFailure({
      ...{
        aws: deps.aws,
        lacks: event.lacks,
        destination,
        functionArn: functionArn(event),
        streamArn,
        batchInfo,
        clock,
        log,
      },
    }),
    log,
  });
}
