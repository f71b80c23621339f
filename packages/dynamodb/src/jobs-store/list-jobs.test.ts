import { expect } from 'chai';
import { scriptedTable } from '../testing/scripted-table.ts';
import { listJobs } from './list-jobs.ts';

const key = (sk: string) => ({ pk: { S: 'jobs#summary' }, sk: { S: sk } });
const job = (sk: string) => ({ ...key(sk), question: { S: '{}' }, keyId: { S: 'k1' }, status: { S: 'done' } });

describe('a page of the jobs of one key', () => {
  it('reads 4 MB at most, and ends where it has read to, also without a job', async () => {
    const table = scriptedTable(
      { Items: [], LastEvaluatedKey: key('9') },
      { Items: [job('8')], LastEvaluatedKey: key('7') },
      { Items: [], LastEvaluatedKey: key('5') },
      { Items: [], LastEvaluatedKey: key('3') },
    );
    const page = await listJobs(table.access, 'summary', { after: undefined, limit: 2, keyId: 'k1' });
    expect(page.jobs.map(({ id }) => id)).to.deep.equal(['summary-8']);
    expect(page.next).to.equal('summary-3');
    expect(table.asked).to.have.length(4);
  });

  it('ends after the last job that it shows, and is the last page if nothing is left', async () => {
    const full = scriptedTable({ Items: [job('9'), job('8'), job('7')], LastEvaluatedKey: key('6') });
    const query = { after: undefined, limit: 2, keyId: 'k1' };
    expect((await listJobs(full.access, 'summary', query)).next).to.equal('summary-8');
    const last = scriptedTable({ Items: [], LastEvaluatedKey: key('9') }, { Items: [job('8')] });
    expect(await listJobs(last.access, 'summary', query)).to.deep.include({ next: undefined });
  });
});
