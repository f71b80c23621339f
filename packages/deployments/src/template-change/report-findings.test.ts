import { expect } from 'chai';
import type { Effect } from './comparison/finding.ts';
import { reportFindings } from './report-findings.ts';

const found = (effect: Effect) => [{ rule: 'one-index', where: 'api/Table', effect, message: 'one at a time' }];

describe('the report of a change', () => {
  for (const [effect, label, code, end] of [
    ['refused', '', 1, 'The change breaks rules'],
    ['lost', 'other', 1, 'The change breaks rules'],
    ['lost', 'accepted-change', 0, 'The change breaks rules, and is accepted'],
    ['refused', 'Accepted-Change', 0, 'The change breaks rules, and is accepted'],
    ['limited', '', 0, 'The change is limited by rules, and nothing would be refused or lost'],
  ] as const) {
    it(`of what is ${effect} ends with ${code}${label && ` with the label ${label}`}`, () => {
      expect(reportFindings(found(effect), [label])).to.deep.equal({
        text: `${effect}: api/Table (one-index): one at a time\n${end}\n`,
        code,
      });
    });
  }

  it('says so where there is nothing to list', () => {
    expect(reportFindings([], [])).to.deep.equal({ text: 'The change breaks no rule\n', code: 0 });
  });
});
