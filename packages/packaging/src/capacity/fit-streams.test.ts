import { expect } from 'chai';
import type { TemplateResource } from '../framework/serverless.ts';
import { fitStreams } from './fit-streams.ts';

describe('fitStreams', () => {
  for (const [mode, properties] of [
    ['ON_DEMAND', ['StreamModeDetails']],
    ['PROVISIONED', ['StreamModeDetails', 'ShardCount']],
  ] as const) {
    it(`leaves ${properties.join(' and ')} to a stream that is ${mode}`, () => {
      const Properties = { ShardCount: 1, StreamModeDetails: { StreamMode: mode } };
      const EventStream: TemplateResource = { Type: 'AWS::Kinesis::Stream', Properties };
      fitStreams({
        provider: { stage: 'production', compiledCloudFormationTemplate: { Resources: {} } },
        resources: [{ Resources: { EventStream } }],
        getAllFunctions: () => [],
        getFunction: () => ({}),
      });
      expect(EventStream.Properties).to.have.all.keys(...properties);
    });
  }
});
