import { expect } from 'chai';
import type { ActionAnswer, ApiClient, MetricsQuery } from '../api-client/api-client.ts';
import { measuredTable } from './measured.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 0, 15, 12);

function apiOf(actions: readonly (readonly [name: string, count: number])[], asked: MetricsQuery[] = []): ApiClient {
  return {
    ...{ health: async () => true, sendEvents: async () => {} },
    actions: async () =>
      actions.map(([action, count]): ActionAnswer => ({ action, count, firstSeen: '', lastSeen: '' })),
    metrics: async (query) => {
      asked.push(query);
      if (query.action === 'quiet') return { series: [], total: null };
      const bucket = { start: new Date(NOW).toISOString(), count: 1, sum: 1, min: 1, max: 1 };
      return { series: [bucket], total: { count: 1, mean: 1.25, users: 1_234, p95: null } };
    },
  };
}

describe('the table of what was measured', () => {
  it('is a sentence where nothing was counted', async () => {
    expect(await measuredTable(apiOf([]), NOW)).to.equal('Nothing has been counted yet.');
  });

  it('has the actions counted most first, those of one count by name, and says how many more there are', async () => {
    const table = await measuredTable(
      apiOf([
        ['b', 2],
        ['a', 2],
        ['c', 9_000],
        ['d', 1],
      ]),
      NOW,
      3,
    );
    const lines = table.split('\n');
    const rows = lines.filter((line) => /^\W*[abcd]\s/.test(line));
    expect(rows.map((line) => line.trim()[0])).to.deep.equal(['c', 'a', 'b']);
    expect(lines.slice(-2)).to.deep.equal(['… and 1 action more', '9,005 events of 4 actions']);
    expect(rows[0]).to.match(/9,000 .*1\.3 .*– .*1,234/);
  });

  it('has dashes where there is nothing to tell of an action', async () => {
    const table = await measuredTable(apiOf([['quiet', 1]]), NOW);
    expect(table).to.match(/quiet +1 +– +– +–/);
    expect(table.split('\n').at(-1)).to.equal('1 event of 1 action');
  });

  it('asks for whole days, today among them', async () => {
    const asked: MetricsQuery[] = [];
    await measuredTable(apiOf([['a', 1]], asked), NOW);
    const to = Date.UTC(2026, 0, 16);
    expect(asked).to.deep.equal([{ action: 'a', from: to - 90 * DAY_MS, to, interval: 'day' }]);
  });
});
