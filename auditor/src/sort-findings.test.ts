import { expect } from 'chai';
import type { Checker, Finding, Suppression } from './finding.ts';
import { sortFindings } from './sort-findings.ts';

const finding = (where: string, rule = 'L1', checker: Checker = 'cdk-nag'): Finding => ({
  ...{ checker, rule, where },
  message: 'why',
});
const suppression = (where: readonly string[], checker: Checker = 'cdk-nag'): Suppression => ({
  ...{ checker, where },
  rule: 'L1',
  reason: 'because',
});
const NAG: ReadonlySet<Checker> = new Set(['cdk-nag']);

describe('findings of the auditor', () => {
  it('stay open without a suppression of their checker, rule and place', () => {
    const findings = [
      finding('api/Keys'),
      finding('api/Users'),
      finding('reports/Keys'),
      finding('api/Keys', 'L2'),
      finding('api/Keys', 'L1', 'cfn-lint'),
    ];
    const { open, suppressed } = sortFindings(findings, [suppression(['api/*'])], NAG);
    expect(suppressed).to.deep.equal(findings.slice(0, 2));
    expect(open).to.deep.equal(findings.slice(2));
  });

  it('make a suppression needless that has none, pattern by pattern', () => {
    const { needless } = sortFindings([finding('api/Keys')], [suppression(['api/*', 'reports/*'])], NAG);
    expect(needless).to.deep.equal(['cdk-nag L1 at reports/*']);
  });

  it('are told apart by their message where a suppression is about a part of it', () => {
    const findings = ['logs', 'objects'].map((message) => ({ ...finding('api/Role'), message }));
    const { open, needless } = sortFindings(findings, [{ ...suppression(['api/*']), about: 'log' }], NAG);
    expect({ open, needless }).to.deep.equal({ open: findings.slice(1), needless: [] });
  });

  it('say nothing about suppressions of a checker that did not run', () => {
    expect(sortFindings([], [suppression(['api/*'], 'cfn-lint')], NAG).needless).to.deep.equal([]);
  });
});
