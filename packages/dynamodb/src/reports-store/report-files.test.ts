import { expect } from 'chai';
import { draftKey, latestKey, reportFileKey, reportFolders } from './report-files.ts';

const REPORT = { kind: 'daily', id: 'daily-2026-01-20' } as const;

describe('the names of a report’s files', () => {
  it('are in a folder for each revision, with the name of the newest beside', () => {
    expect(reportFileKey(REPORT, 1, 'json')).to.equal('reports/daily/2026-01-20/r1/report.json');
    expect(reportFileKey(REPORT, 12, 'mail')).to.equal('reports/daily/2026-01-20/r12/mail.eml');
    expect(latestKey(REPORT)).to.equal('reports/daily/2026-01-20/latest.json');
    expect(draftKey(REPORT, 'abc')).to.equal('drafts/daily/2026-01-20/abc.json');
    expect(reportFolders(REPORT)).to.deep.equal(['drafts/daily/2026-01-20/', 'reports/daily/2026-01-20/']);
  });
});
