import { resourcesOf, type Service } from '../framework/serverless.ts';

/** Removes the count of shards from each stream on demand: CloudFormation refuses both at once. */
export function fitStreams(service: Service): void {
  for (const { Type, Properties } of resourcesOf(service)) {
    const mode = (Properties?.StreamModeDetails as { StreamMode?: unknown } | undefined)?.StreamMode;
    if (Type === 'AWS::Kinesis::Stream' && mode === 'ON_DEMAND') delete Properties?.ShardCount;
  }
}
