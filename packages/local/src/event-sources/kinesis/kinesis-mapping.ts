import type { AwsClient } from '../../aws-calls/aws-client.ts';
import { expectRight, sourceNeeds } from '../../aws-door/rights/needs/acting-needs.ts';
import { ACCOUNT_ID } from '../../registration/template-values.ts';
import type { DeclaredMapping } from '../mappings/declared-mappings.ts';
import type { EventSourceMapping } from '../mappings/event-source-mapping.ts';
import { type StreamMappingDeps, startStreamMapping } from '../streams/stream-mapping.ts';
import { readStreamSettings } from '../streams/stream-settings.ts';
import { openKinesisStream } from './kinesis-client.ts';

/** Reads a mapping of a Kinesis stream; throws what is wrong with it. `kinesis` reads the stream. */
export function kinesisMapping(
  { event, resolved, laidOver }: DeclaredMapping,
  kinesis: AwsClient,
  deps: StreamMappingDeps,
): EventSourceMapping {
  const settings = readStreamSettings(resolved, laidOver, 'data');
  const streamArn = String(resolved.arn);
  const streamName = streamArn.split('/').at(-1) ?? '';
  const { registration, definition } = event;
  const roleArn = `arn:aws:iam::${ACCOUNT_ID}:role/${definition.name}`;
  return {
    source: `the stream ${streamName}`,
    isWokenBy: ({ service, action, resource }) =>
      service === 'kinesis' && action.startsWith('PutRecord') && resource === streamName,
    open: async () => {
      expectRight(event.lacks, sourceNeeds('kinesis', streamArn));
      const { port, creation } = await openKinesisStream(kinesis, { streamArn, region: registration.region, roleArn });
      return startStreamMapping({ event, settings, port, streamArn, creation, batchInfo: 'KinesisBatchInfo' }, deps);
    },
  };
}
