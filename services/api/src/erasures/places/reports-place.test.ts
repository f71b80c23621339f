import { MemoryObjectStore } from '@weir/archive/memory';
import { jobFileKey } from '@weir/dynamodb/jobs';
import { draftKey, reportFileKey, userMark } from '@weir/dynamodb/reports';
import { MemoryReportsStore } from '@weir/dynamodb/reports/memory';
import { expect } from 'chai';
import fc from 'fast-check';
import { dailyReport } from '../../testing/reports-api.ts';
import { eraseFromReport } from './erase-from-report.ts';
import { createReportsPlace } from './reports-place.ts';

const USER = 'u_42';
const FACTS = {
  topUsers: [
    { count: 3, userId: USER },
    { count: 1, userId: 'u_4' },
  ],
};
const JSON_TEXT = `${JSON.stringify({ changes: [{ after: USER, before: 'x', pointer: '/a' }], facts: FACTS })}\n`;
const ERASED = JSON_TEXT.replaceAll('"u_42"', 'null');

describe('the reports, as a place of an erasure,', () => {
  /** Two revisions of a report that names users, and one that says that it names none. */
  async function createPlace() {
    const reports = new MemoryReportsStore();
    const files = new MemoryObjectStore(() => 0);
    const naming = dailyReport('2025-11-24', { holdsUsers: true });
    await reports.claim(naming);
    await reports.claim(dailyReport('2025-11-23'));
    const keys = {
      first: reportFileKey(naming, 1, 'json'),
      second: reportFileKey(naming, 2, 'json'),
      draft: draftKey(naming, 'abc'),
      other: reportFileKey(dailyReport('2025-11-23'), 1, 'json'),
    };
    for (const key of Object.values(keys)) await files.put(key, Buffer.from(JSON_TEXT));
    const textOf = (key: string) => Buffer.from(files.objects.get(key)?.bytes ?? []).toString();
    return { files, keys, textOf, place: createReportsPlace({ reports, files }) };
  }

  it('lose the user in every revision and in drafts, in place', async () => {
    const { place, keys, textOf } = await createPlace();
    expect(await place.erase(USER)).to.deep.equal({ erased: 3 });
    expect([textOf(keys.first), textOf(keys.second), textOf(keys.draft)]).to.deep.equal([ERASED, ERASED, ERASED]);
    expect(await place.erase(USER)).to.deep.equal({ erased: 0 });
  });

  it('lose the user in drafts first: a run that made files of an older draft makes them again', async () => {
    const { place, files, keys } = await createPlace();
    const replaced: string[] = [];
    const { replace } = files;
    files.replace = (key, bytes, tag) => {
      replaced.push(key);
      return replace.call(files, key, bytes, tag);
    };
    await place.erase(USER);
    expect(replaced).to.deep.equal([keys.draft, keys.first, keys.second]);
  });

  it('lose the user in the top users that a job has counted, before drafts are made of them', async () => {
    const { place, files, keys, textOf } = await createPlace();
    const job = { id: 'users-2025-11-24-abc', cut: 'c0' };
    const counted = { counted: 4, erasedEvents: 0, top: FACTS.topUsers };
    await files.put(jobFileKey(job, 'json'), Buffer.from(JSON.stringify(counted)));
    for (const file of ['csv', 'html'] as const) await files.put(jobFileKey(job, file), Buffer.from(''));
    const other = jobFileKey({ id: 'summary-1', cut: 'c0' }, 'json');
    await files.put(other, Buffer.from(JSON_TEXT));
    const replaced: string[] = [];
    const { replace } = files;
    files.replace = (key, bytes, tag) => {
      replaced.push(key);
      return replace.call(files, key, bytes, tag);
    };
    expect(await place.erase(USER)).to.deep.equal({ erased: 4 });
    expect(replaced.slice(0, 2)).to.deep.equal([jobFileKey(job, 'json'), keys.draft]);
    expect(JSON.parse(textOf(jobFileKey(job, 'json')))).to.deep.equal({
      ...counted,
      top: [
        { count: 3, userId: null },
        { count: 1, userId: 'u_4' },
      ],
    });
    expect(textOf(other)).to.equal(JSON_TEXT);
  });

  it('are looked into only where they name users at all', async () => {
    const { place, keys, textOf } = await createPlace();
    await place.erase(USER);
    expect(textOf(keys.other)).to.equal(JSON_TEXT);
    expect(await place.erase('nobody')).to.deep.equal({ erased: 0 });
  });

  it('are read again if another writer is faster', async () => {
    const { place, files, keys, textOf } = await createPlace();
    const { replace } = files;
    const later = JSON_TEXT.replace('"count":3', '"count":4');
    files.replace = async function (key, bytes, tag) {
      files.replace = replace;
      await files.put(keys.first, Buffer.from(later));
      return replace.call(this, key, bytes, tag);
    };
    expect(await place.erase(USER)).to.deep.equal({ erased: 3 });
    expect(textOf(keys.first)).to.include('"count":4').and.not.include(USER);
  });
});

describe('a file of a report', () => {
  it('keeps everything but the ids: an action of the same name, and ids that only begin alike', () => {
    const text = '{"action":"u_42","userId":"u_42x","reason":"u_42"}';
    expect(eraseFromReport('report.json', text, USER)).to.equal(undefined);
    expect(eraseFromReport('mail.eml', `To you, ${USER}`, USER)).to.equal(undefined);
  });

  it('loses the id in a field of CSV, however it is written', () => {
    const csv = 'user,count\r\nu_42,3\r\n"u_42",4\r\n\'u_42,5\r\nu_421,6\r\n"a, u_42",7\r\n';
    expect(eraseFromReport('report.csv', csv, USER)).to.equal(
      'user,count\r\n,3\r\n,4\r\n,5\r\nu_421,6\r\n"a, u_42",7\r\n',
    );
    expect(eraseFromReport('report.csv', 'a\r\n"x""y, z",1\r\n', 'x"y, z')).to.equal('a\r\n,1\r\n');
  });

  it('loses the id in the text of an element of HTML, also one that is escaped', () => {
    const html = '<td title="u_42">u_42</td><td>u_42x</td><td>a u_42</td>';
    expect(eraseFromReport('report.html', html, USER)).to.equal('<td title="u_42">–</td><td>u_42x</td><td>a u_42</td>');
    expect(eraseFromReport('r.html', '<td>&lt;b&gt; &amp; &quot;c&quot;</td>', '<b> & "c"')).to.equal('<td>–</td>');
  });

  it('loses the marked id in HTML, however its text is shown', () => {
    for (const userId of ['u_42', 'a.b:c', 'x\u202egnp.exe\u0000', '<b>', '\ud800', 'W'.repeat(256)]) {
      const html = `<td><bdi data-user="${userMark(userId)}">shown&lt;<wbr>text</bdi></td><td><bdi data-user="YQA">a</bdi></td>`;
      expect(eraseFromReport('report.html', html, userId), userId).to.equal(
        '<td>–</td><td><bdi data-user="YQA">a</bdi></td>',
      );
    }
  });

  it('is the same JSON with null in place of any id', () => {
    const ids = fc.string({ minLength: 1, unit: 'binary' });
    fc.assert(
      fc.property(ids, fc.array(ids), (userId, others) => {
        const users = [...others.filter((other) => other !== userId), userId].map((id) => ({ userId: id }));
        const erased = JSON.parse(eraseFromReport('r.json', JSON.stringify({ users }), userId) ?? '{}');
        expect(erased.users).to.deep.equal(users.map((user) => (user.userId === userId ? { userId: null } : user)));
      }),
    );
  });
});
