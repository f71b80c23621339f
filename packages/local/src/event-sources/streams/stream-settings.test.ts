import { expect } from 'chai';
import { readStreamSettings } from './stream-settings.ts';

describe('the settings of a stream', () => {
  it('are those that the framework packages by default', () => {
    const { filter: _filter, ...settings } = readStreamSettings({});
    expect(settings).to.deep.equal({
      batchSize: 10,
      batchWindowMs: 0,
      startingPosition: { from: 'TRIM_HORIZON' },
      maximumRetryAttempts: -1,
      maximumRecordAgeMs: -1,
      bisectOnError: false,
      reportsItemFailures: false,
      onFailure: undefined,
    });
  });

  for (const [settings, problem] of [
    [{ parallelizationFactor: 2 }, /^A parallelizationFactor over 1 is not supported by the local AWS/],
    [{ tumblingWindowInSeconds: 30 }, /^Tumbling windows are not supported by the local AWS/],
    [{ filterPatterns: [{ data: { kind: ['x'] } }, { data: { kind: 'x' } }] }, /^"data.kind" takes an array/],
  ] as const) {
    it(`are refused: ${JSON.stringify(settings)}`, () => {
      expect(() => readStreamSettings(settings, {}, 'data')).to.throw(problem);
    });
  }

  it('are refused if they are laid over the mapping', () => {
    expect(() => readStreamSettings({}, { ParallelizationFactor: 2 })).to.throw(/parallelizationFactor/);
    expect(() => readStreamSettings({}, { TumblingWindowInSeconds: 1 })).to.throw(/Tumbling windows/);
  });

  it('accept values that mean the default', () => {
    expect(() => readStreamSettings({ parallelizationFactor: 1, tumblingWindowInSeconds: 0 })).not.to.throw();
  });

  it('prefer the destination that is laid over the mapping', () => {
    const stream = { destinations: { onFailure: { type: 'sqs', arn: 'arn:aws:sqs:x' } } };
    const mapping = { DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::failed' } } };
    expect(readStreamSettings(stream).onFailure).to.equal('arn:aws:sqs:x');
    expect(readStreamSettings(stream, mapping).onFailure).to.equal('arn:aws:s3:::failed');
  });
});
