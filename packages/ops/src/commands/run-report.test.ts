import { expect } from 'chai';
import type { Invoked } from './invoke.ts';
import { runReport } from './run-report.ts';

const ID = 'daily-2026-01-31';

async function run(invoked: Invoked, stage = 'production') {
  const calls: unknown[] = [];
  const invoke = async (...call: unknown[]) => {
    calls.push(call);
    return invoked;
  };
  const { isDone, text } = await runReport(invoke, { date: '2026-01-31', stage });
  return { isDone, text, calls };
}
const returned = (answer: object): Invoked => ({ kind: 'returned', answer });

describe('a report that an operator asks for', () => {
  it('is asked of the stage’s function, with the date', async () => {
    const { calls } = await run(returned({ outcome: 'made', id: ID }));
    expect(calls).to.deep.equal([['weir-reports-production-daily', { date: '2026-01-31' }]]);
  });

  for (const [answer, isDone, text] of [
    [
      { outcome: 'made', id: ID },
      true,
      /^The report daily-2026-01-31 is made\. .*GET \/v1\/reports\/daily-2026-01-31\.$/,
    ],
    [{ outcome: 'revised', id: ID }, true, /daily-2026-01-31 has a new revision/],
    [{ outcome: 'unchanged', id: ID }, true, /its figures have not changed/],
    [{ outcome: 'under-way', id: ID }, false, /Another run is at work on daily-2026-01-31/],
    [{ outcome: 'refused', problem: 'That day has not ended.' }, false, /^That day has not ended\.$/],
    [{}, false, /does not know/],
  ] as const) {
    it(`ends in one sentence for ${JSON.stringify(answer)}`, async () => {
      const result = await run(returned(answer));
      expect(result).to.include({ isDone });
      expect(result.text).to.match(text);
    });
  }

  for (const [invoked, stage, text] of [
    [
      { kind: 'failed', message: 'no table' },
      'production',
      /^weir-reports-production-daily failed: no table\. Read its log/,
    ],
    [{ kind: 'unknown-function' }, 'dev', /^There is no function weir-reports-dev-daily/],
    [{ kind: 'unknown-function' }, 'local', /^Weir is starting or ending, .* run this again\.$/],
    [{ kind: 'unreached', message: 'no way' }, 'dev', /^AWS cannot be reached: no way\.$/],
    [{ kind: 'unreached', message: 'refused' }, 'local', /^Weir is not running: run npm start/],
  ] as const) {
    it(`says what is wrong where the call is ${invoked.kind} in the stage ${stage}`, async () => {
      const result = await run(invoked, stage);
      expect(result).to.include({ isDone: false });
      expect(result.text).to.match(text);
    });
  }
});
