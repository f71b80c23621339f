import { expect } from 'chai';
import { countFailedJobs } from './count-failed-jobs.ts';

describe('the number of failed jobs', () => {
  for (const [status, isFirst, count] of [
    ['failed', true, 1],
    ['failed', false, 0],
    ['done', true, 0],
    ['cancelled', true, 0],
  ] as const) {
    it(`grows by ${count} for a job that ends ${status}, ${isFirst ? 'for the first time' : 'and has ended before'}`, async () => {
      const counted: string[] = [];
      const meter = { count: (name: string) => void counted.push(name), observe: () => undefined };
      const end = countFailedJobs(async () => isFirst, meter);
      expect(await end('a', { status })).to.equal(isFirst);
      expect(counted).to.have.length(count);
    });
  }
});
