import { expect } from 'chai';
import type { Invoked } from './invoke.ts';
import { runAudit } from './run-audit.ts';

const EXECUTION = 'hand-2026-01-30-2026-01-31-1';
const STARTED = { outcome: 'started', execution: EXECUTION };
const returned = (answer: object): Invoked => ({ kind: 'returned', answer });

async function run(...answers: readonly Invoked[]) {
  const calls: unknown[] = [];
  const left = [...answers];
  const invoke = async (...call: unknown[]) => {
    calls.push(call);
    return left.shift() ?? returned({});
  };
  const told: string[] = [];
  const result = await runAudit(
    { invoke, tell: (sentence) => void told.push(sentence), wait: async () => undefined },
    { from: '2026-01-30', to: '2026-01-31', stage: 'dev' },
  );
  return { ...result, calls, told };
}

describe('an audit that an operator asks for', () => {
  it('is started once, asked for until it has ended, and described by day', async () => {
    const days = [
      { date: '2026-01-30', status: 'clean', drift: 0 },
      { date: '2026-01-31', status: 'drift', drift: 3 },
      { date: '2026-02-01', status: 'missing', drift: 0 },
    ];
    const running = returned({ outcome: 'running', stored: 0, days: 3 });
    const { isDone, text, calls } = await run(returned(STARTED), running, running, returned({ outcome: 'done', days }));
    expect(isDone).to.equal(true);
    expect(text.split('\n')).to.deep.equal([
      '2026-01-30 is clean: rows and archive agree.',
      '2026-01-31 has drift: 3 buckets and objects. Read GET /v1/audits/2026-01-31, and docs/audit.md.',
      '2026-02-01 has no audit.',
    ]);
    const asked = ['weir-reports-dev-audit', { task: 'state', execution: EXECUTION }];
    const start = ['weir-reports-dev-audit', { task: 'start', from: '2026-01-30', to: '2026-01-31' }];
    expect(calls).to.deep.equal([start, asked, asked, asked]);
  });

  it('says when more days are audited or an attempt fails, and every half minute', async () => {
    const running = (more: object) => returned({ outcome: 'running', days: 2, ...more });
    const [first, failing] = [running({ stored: 0 }), running({ stored: 1, problem: 'RangeError: a damaged row' })];
    const done = returned({ outcome: 'done', days: [] });
    const { told } = await run(returned(STARTED), ...Array(16).fill(first), failing, failing, done);
    const log = '/aws/lambda/weir-reports-dev-audit';
    expect(told).to.deep.equal([
      '0 of 2 days are audited.',
      'Still at work after 30 s. 0 of 2 days are audited.',
      '1 of 2 days are audited. The newest attempt failed, and is made again: RangeError: a damaged row. ' +
        `Read its log: ${log}, and docs/audit.md.`,
    ]);
  });

  for (const [answers, text] of [
    [[returned({ outcome: 'refused', problem: 'That day has not ended.' })], /^That day has not ended\.$/],
    [
      [returned(STARTED), returned({ outcome: 'failed', problem: 'no table' })],
      /^The execution hand-.* failed: no table/,
    ],
    [[returned(STARTED), returned({ outcome: 'unknown' })], /is not known any more/],
    [[returned({})], /does not know/],
    [[{ kind: 'unknown-function' }], /^There is no function weir-reports-dev-audit/],
  ] as const) {
    it(`says what is wrong: ${text}`, async () => {
      const result = await run(...answers);
      expect(result.isDone).to.equal(false);
      expect(result.text).to.match(text);
    });
  }
});
