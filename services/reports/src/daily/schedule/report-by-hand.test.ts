import { expect } from 'chai';
import { DAY_MS, DAY_ONE, stageOf } from '../../testing/due-stage.ts';
import { reportByHand } from './report-by-hand.ts';

describe('a report that somebody asks for', () => {
  it('is made of any day that has ended, and announced', async () => {
    const stage = stageOf(3);
    stage.now = DAY_ONE + 3 * DAY_MS;
    expect(await reportByHand(stage.deps(), '2026-01-03')).to.deep.equal({ outcome: 'made', id: 'daily-2026-01-03' });
    expect(await reportByHand(stage.deps(), '2026-01-03')).to.include({ outcome: 'unchanged' });
    stage.events.push({ action: 'late', at: DAY_ONE + 2 * DAY_MS });
    expect(await reportByHand(stage.deps(), '2026-01-03')).to.include({ outcome: 'revised' });
    expect(stage.announced).to.have.length(1);
  });

  for (const [date, problem] of [
    ['2026-02-30', /no date/],
    ['yesterday', /no date/],
    ['2026-01-04', /has not ended in UTC: it ends at 2026-01-05T00:00:00.000Z/],
    ['2024-01-04', /too long ago.* Ask for 2024-12-\d\d or a later day/],
  ] as const) {
    it(`is refused for ${date}, with a sentence`, async () => {
      const refused = await reportByHand(stageOf(3).deps(), date);
      expect(refused).to.have.property('outcome', 'refused');
      expect(refused).to.have.property('problem').that.matches(problem);
    });
  }
});
