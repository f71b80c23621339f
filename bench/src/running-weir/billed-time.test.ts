import { expect } from 'chai';
import { billedTimes } from './billed-time.ts';

const line = (name: string, ms: number) =>
  `(λ: ${name}) RequestId: e94870de-6d51  Duration: ${ms - 0.55} ms  Billed Duration: ${ms} ms\n`;

describe('billed times', () => {
  it('are added up by function', () => {
    const log = `${line('work', 100)}{"level":"INFO"}\n${line('coordinate', 7)}${line('work', 50)}`;
    expect(billedTimes(log)).to.deep.equal({
      work: { invocations: 2, ms: 150 },
      coordinate: { invocations: 1, ms: 7 },
    });
  });
});
