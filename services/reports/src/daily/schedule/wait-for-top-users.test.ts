import { expect } from 'chai';
import { DAY_MS, DAY_ONE, HOUR_MS, idsOf, reportOf, runDue, stageOf } from '../../testing/due-stage.ts';
import { reportByHand } from './report-by-hand.ts';

describe('the top users of a day', () => {
  const topUsers = { users: [{ userId: 'u', count: 1 }], erasedEvents: 0 };

  /** Before the end of the first day, on which users are being counted. */
  function countingStage() {
    const stage = stageOf(1);
    const asked: string[] = [];
    const known = stage.findTopUsers;
    stage.findTopUsers = async ({ day }) => {
      asked.push(day.date);
      return { state: 'counting' };
    };
    return { stage, asked, known };
  }

  it('are counted from an hour after its end on, and are in its report when it is due', async () => {
    const { stage, asked, known } = countingStage();
    for (const [hours, expected] of [
      [0.9, []],
      [1, ['2026-01-01']],
    ] as const) {
      stage.now = DAY_ONE + DAY_MS + hours * HOUR_MS;
      expect(await runDue(stage)).to.deep.equal({ made: [], revised: [] });
      expect(asked).to.deep.equal(expected);
    }
    stage.findTopUsers = known;
    stage.now += HOUR_MS;
    expect((await runDue(stage)).made).to.deep.equal(idsOf(1));
    expect(reportOf(stage, '2026-01-01').topUsers).to.deep.equal(topUsers);
    expect(stage.state.reports.get('daily-2026-01-01')).to.include({ holdsUsers: true });
  });

  it('are waited for until four hours after its end, and come as a revision that no report tells of', async () => {
    const { stage, known } = countingStage();
    for (const hours of [2, 3]) {
      stage.now = DAY_ONE + DAY_MS + hours * HOUR_MS;
      expect(await runDue(stage)).to.deep.equal({ made: [], revised: [] });
    }
    stage.now += HOUR_MS;
    expect((await runDue(stage)).made).to.deep.equal(idsOf(1));
    expect(reportOf(stage, '2026-01-01').topUsers).to.equal(null);
    expect(stage.state.reports.get('daily-2026-01-01')).to.include({ holdsUsers: false });
    stage.findTopUsers = known;
    stage.now = DAY_ONE + 2 * DAY_MS + 2 * HOUR_MS;
    expect(await runDue(stage)).to.deep.equal({ made: idsOf(2), revised: idsOf(1) });
    expect(reportOf(stage, '2026-01-01', 2)).to.deep.include({ topUsers, changes: [] });
    expect(stage.state.reports.get('daily-2026-01-01')).to.include({ holdsUsers: true });
    expect(reportOf(stage, '2026-01-02').revised).to.deep.equal([]);
    stage.now += DAY_MS;
    expect((await runDue(stage)).revised).to.deep.equal([]);
  });

  it('are waited for by the whole night if the facts of an earlier day have changed', async () => {
    const stage = stageOf(1);
    await runDue(stage);
    const { findTopUsers } = stage;
    stage.events.push({ action: 'late', at: DAY_ONE });
    stage.now += DAY_MS;
    stage.findTopUsers = async () => ({ state: 'counting' });
    expect(await runDue(stage)).to.deep.equal({ made: [], revised: [] });
    stage.findTopUsers = findTopUsers;
    stage.now += HOUR_MS;
    expect(await runDue(stage)).to.deep.equal({ made: idsOf(2), revised: idsOf(1) });
    expect(reportOf(stage, '2026-01-01', 2).topUsers).to.deep.equal({
      users: [{ userId: 'u', count: 2 }],
      erasedEvents: 0,
    });
  });

  it('are not waited for if they cannot come, and no revision loses that an earlier one names users', async () => {
    const stage = stageOf(1);
    await runDue(stage);
    stage.findTopUsers = async () => ({ state: 'none' });
    stage.events.push({ action: 'late', at: DAY_ONE });
    stage.now += DAY_MS;
    expect(await runDue(stage)).to.deep.equal({ made: idsOf(2), revised: idsOf(1) });
    expect(reportOf(stage, '2026-01-01', 2).topUsers).to.equal(null);
    expect(stage.state.reports.get('daily-2026-01-01')).to.include({ holdsUsers: true });
  });

  it('are not waited for by somebody who asks for a report', async () => {
    const { stage, known } = countingStage();
    expect(await reportByHand(stage.deps(), '2026-01-01')).to.include({ outcome: 'made' });
    expect(await reportByHand(stage.deps(), '2026-01-01')).to.include({ outcome: 'unchanged' });
    stage.findTopUsers = known;
    expect(await reportByHand(stage.deps(), '2026-01-01')).to.include({ outcome: 'revised' });
  });
});
