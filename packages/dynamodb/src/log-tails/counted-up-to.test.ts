import { expect } from 'chai';
import { type CountedLog, countedUpTo } from './counted-up-to.ts';

describe('the arrival up to which everything is counted', () => {
  type Log = Partial<CountedLog> & Pick<CountedLog, 'logId'>;
  const cases: { name: string; logs: Log[]; expected: number | undefined }[] = [
    { name: 'is unknown before the first record', logs: [], expected: undefined },
    { name: 'is unknown while a shard has only been opened', logs: [{ logId: '1.0' }], expected: undefined },
    { name: 'is the last arrival in the log', logs: [{ logId: '1.0', lastArrival: 7 }], expected: 7 },
    {
      name: 'is that of the slowest shard',
      logs: [
        { logId: '1.0', lastArrival: 9 },
        { logId: '1.1', lastArrival: 4 },
      ],
      expected: 4,
    },
    {
      name: 'leaves out shards that were split or merged',
      logs: [
        { logId: '1.0', lastArrival: 3 },
        { logId: '1.1', parents: ['1.0'], lastArrival: 8 },
      ],
      expected: 8,
    },
    {
      name: 'is the end of the parents while a child has no entry',
      logs: [
        { logId: '1.0', lastArrival: 3 },
        { logId: '1.1', lastArrival: 2 },
        { logId: '1.2', parents: ['1.0', '1.1'] },
      ],
      expected: 2,
    },
    {
      name: 'leaves out a stream that was made anew',
      logs: [
        { logId: '1.0', lastArrival: 3 },
        { logId: '9.0', lastArrival: 8 },
      ],
      expected: 8,
    },
  ];
  for (const { name, logs, expected } of cases) {
    it(name, () => {
      const counted = logs.map((log) => ({ parents: [], lastArrival: undefined, ...log }));
      expect(countedUpTo(counted)).to.equal(expected);
    });
  }
});
