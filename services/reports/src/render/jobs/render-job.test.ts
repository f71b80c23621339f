import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import type { JobAnswer } from '../../kinds/job-answer.ts';
import { HOSTILE_TEXTS } from '../../testing/hostile-report.ts';
import { emptyAnswers, sampleFunnel, sampleRetention, sampleSummary } from '../../testing/sample-answers.ts';
import { renderJob } from './render-job.ts';

async function filesOf(answer: JobAnswer) {
  const { json, csv, html } = await renderJob(answer);
  const read = (pieces: AsyncIterable<Uint8Array>) => text(Readable.from(pieces));
  return { json: await read(json), csv: await read(csv), html: await read(html) };
}

/** The rows of a CSV without quotes. */
const rowsOf = (csv: string) =>
  csv
    .split('\r\n')
    .slice(0, -1)
    .map((line) => line.split(','));

describe('the files of a job', () => {
  it('of a summary have each day of each action, the actions in all, the total and asOf', async () => {
    const { json, csv } = await filesOf(sampleSummary(3, ['search', 'login']));
    const { total, actions, days, asOf, question } = JSON.parse(json);
    expect(days.map(({ date, action }: Record<string, string>) => `${date} ${action}`)).to.deep.equal([
      '2026-01-01 search',
      '2026-01-01 login',
      '2026-01-02 search',
      '2026-01-02 login',
      '2026-01-03 search',
      '2026-01-03 login',
    ]);
    expect([total.users, actions.length, asOf]).to.deep.equal([41_223, 2, '2026-01-04T00:00:12.345Z']);
    expect(question).to.deep.equal({
      from: '2026-01-01T00:00:00.000Z',
      to: '2026-01-04T00:00:00.000Z',
      timeZone: 'UTC',
    });
    const [head, ...rows] = rowsOf(csv);
    expect(head?.join()).to.equal('date,action,count,sum,min,max,mean,users,p50,p95,p99');
    expect(rows.map((row) => Number(row[2]))).to.deep.equal(days.map(({ count }: { count: number }) => count));
  });

  it('of a retention have each cohort, and a row of the CSV for each of its weeks', async () => {
    const { json, csv } = await filesOf(sampleRetention(3));
    const { cohorts, erasedEvents, kind } = JSON.parse(json);
    expect(cohorts[2]).to.deep.equal({ week: '2026-W03', size: 1174, active: [1174] });
    expect([erasedEvents, kind]).to.deep.equal([17, undefined]);
    expect(rowsOf(csv).map((row) => row.join())).to.deep.equal([
      'cohort,week,users',
      '2026-W01,0,900',
      '2026-W01,1,378',
      '2026-W01,2,249',
      '2026-W02,0,1037',
      '2026-W02,1,436',
      '2026-W03,0,1174',
    ]);
  });

  it('of a retention have a page whose title is of the column that is dark, over all cohorts old enough', async () => {
    const { html } = await filesOf(sampleRetention(3));
    // 378 of 900 and 436 of 1,037: the third cohort is too young.
    expect(html).to.match(/<h2>42\s% came again in the week after their first</);
    expect(html).to.match(/Week 1: 42\s%, 814 of 1,937 users/);
  });

  it('of a funnel have the parts of the first step and of the one before', async () => {
    const { json, csv } = await filesOf(sampleFunnel(['a', 'b', 'a']));
    const { steps, windowSeconds } = JSON.parse(json);
    expect(steps).to.deep.equal([
      { action: 'a', users: 20_000, ofFirst: 1, ofPrevious: null },
      { action: 'b', users: 12_200, ofFirst: 0.61, ofPrevious: 0.61 },
      { action: 'a', users: 7_442, ofFirst: 0.3721, ofPrevious: 0.61 },
    ]);
    expect(windowSeconds).to.equal(604_800);
    expect(csv).to.equal('step,action,users\r\n1,a,20000\r\n2,b,12200\r\n3,a,7442\r\n');
  });

  it('of a range without events have no parts of nothing, and pages that say so', async () => {
    const [summary, retention, funnel] = await Promise.all(emptyAnswers().map(filesOf));
    expect(JSON.parse(summary?.json ?? '')).to.deep.include({ days: [], actions: [], asOf: null });
    expect(summary?.html).to.contain('No event was counted in these 7 days.');
    expect(JSON.parse(retention?.json ?? '').cohorts).to.deep.equal([]);
    expect(retention?.html).to.contain('No user had an event.');
    expect(JSON.parse(funnel?.json ?? '').steps).to.deep.equal([
      { action: 'cart.add', users: 0, ofFirst: null, ofPrevious: null },
      { action: 'checkout', users: 0, ofFirst: null, ofPrevious: null },
    ]);
    expect(funnel?.html).to.contain('Nobody did the first step.').and.contain('within 90 minutes');
  });

  it('hold no formula and no markup of a name, and are the same each time', async () => {
    const answers = [sampleSummary(2, HOSTILE_TEXTS), sampleFunnel(HOSTILE_TEXTS), sampleRetention(2, HOSTILE_TEXTS)];
    for (const answer of answers) {
      const files = await filesOf(answer);
      expect(files.csv).to.not.match(/,"?[=+@\t\r]/);
      expect(files.html).to.not.match(/<(?:script|img|svg onload|iframe)/);
      expect(await filesOf(answer)).to.deep.equal(files);
    }
  });

  it('of ten years and a thousand actions are read day by day, into a page that stays small', async () => {
    const names = Array.from({ length: 1000 }, (_, at) => `action-${at}`);
    const { question, result } = sampleSummary(3652, names.slice(0, 3));
    let open = 0;
    let most = 0;
    const actions = sampleSummary(1, names).result.actions;
    const days = async function* () {
      for await (const rows of result.days()) {
        most = Math.max(most, ++open);
        yield rows;
        open--;
      }
    };
    const files = await renderJob({ question, result: { ...result, actions, days } });
    const lengths = { json: 0, csv: 0, html: 0 };
    let longest = 0;
    for (const name of ['json', 'csv', 'html'] as const) {
      for await (const piece of files[name]) {
        lengths[name] += piece.length;
        if (name !== 'json') longest = Math.max(longest, piece.length);
      }
    }
    expect(most).to.equal(1);
    expect(lengths.csv).to.be.above(1_000_000);
    expect(lengths.html).to.be.below(100_000);
    expect(longest).to.be.below(100_000);
  });

  it('of many cohorts list the last half year, and say what they leave out', async () => {
    const { html } = await filesOf(sampleRetention(200));
    expect(html).to.contain('174 earlier cohorts and the weeks from 13 on are in report.csv');
    expect(html).to.contain('Later weeks are in report.csv');
    expect(html.length).to.be.below(100_000);
  });
});
