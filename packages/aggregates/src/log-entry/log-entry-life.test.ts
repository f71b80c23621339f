import { expect } from 'chai';
import { logEntryLifeSeconds } from './log-entry-life.ts';

const DAY_SECONDS = 86_400;

describe('the life of a log entry', () => {
  it('is two days longer than that of a record', () => {
    expect(logEntryLifeSeconds(168)).to.equal(9 * DAY_SECONDS);
    expect(logEntryLifeSeconds(24)).to.equal(3 * DAY_SECONDS);
  });
});
