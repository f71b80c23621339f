import { draftKey, reportFileKey } from '@weir/dynamodb/reports';
import { expect } from 'chai';
import { MemoryReports } from '../../testing/memory-reports.ts';
import type { DailyReport } from '../daily-report.ts';
import { moveLatest } from './move-latest.ts';
import { reportDay } from './report-day.ts';

const ID = 'daily-2026-01-01';
const REPORT = { kind: 'daily', id: ID } as const;
const DAY = '2026-01-01';
const LATEST = 'reports/daily/2026-01-01/latest.json';

/** A stage whose run died before the announcement; the lease has ended. */
async function diedAtAnnouncement() {
  const stage = new MemoryReports();
  stage.events.push({ action: 'a', at: Date.UTC(2026, 0, 1) });
  const failing = { ...stage.deps(), announce: () => Promise.reject(new Error('dead')) };
  await reportDay(failing, DAY).catch(() => undefined);
  stage.now += 3_600_000;
  return stage;
}

describe('a revision that a run has left unfinished', () => {
  it('is finished by the next run, with the same bytes', async () => {
    const stage = await diedAtAnnouncement();
    const before = new Map([...stage.files.objects].map(([key, { bytes }]) => [key, Buffer.from(bytes).toString()]));
    stage.events.push({ action: 'late', at: Date.UTC(2026, 0, 1) });
    expect(await reportDay(stage.deps(), DAY)).to.equal('revised');
    expect(stage.announced).to.have.length(1);
    for (const [key, text] of before) if (key !== LATEST) expect(stage.text(key), key).to.equal(text);
  });

  it('is finished from its own report.json if the draft is gone', async () => {
    const stage = await diedAtAnnouncement();
    const { draft } = stage.state.reports.get(ID) ?? { draft: '' };
    stage.files.objects.delete(draftKey(REPORT, draft));
    expect(await reportDay(stage.deps(), DAY)).to.equal('unchanged');
    expect(stage.announced).to.have.length(1);
  });

  it('cannot be finished, and says so, if both are gone', async () => {
    const stage = await diedAtAnnouncement();
    stage.files.objects.clear();
    const error = await reportDay(stage.deps(), DAY).catch((thrown: unknown) => thrown);
    expect(error).to.be.an('error').with.property('message', `the draft of revision 1 of ${ID} is gone`);
    expect(stage.text(reportFileKey(REPORT, 1, 'json'))).to.equal(undefined);
  });
});

describe('a revision, and an erasure while its files are written,', () => {
  /** Takes a name out of every object that has it: the draft first, as an erasure does. */
  function erase({ files }: MemoryReports, name: string): void {
    for (const [key, object] of files.objects) {
      const bytes = Buffer.from(Buffer.from(object.bytes).toString().replaceAll(`"${name}"`, 'null'));
      files.objects.set(key, { ...object, bytes });
    }
  }
  const filesWith = ({ files }: MemoryReports, name: string) =>
    [...files.objects].filter(([, { bytes }]) => Buffer.from(bytes).includes(name)).map(([key]) => key);

  for (const file of ['html', 'mail'] as const) {
    it(`has no file of the draft from before, although the erasure came before its ${file} was put`, async () => {
      const stage = new MemoryReports();
      stage.events.push({ action: 'ann', at: Date.UTC(2026, 0, 1) });
      const deps = stage.deps();
      const { render } = deps;
      const erasing = async (report: DailyReport) => {
        const made = await render[file](report);
        erase(stage, 'ann');
        return made;
      };
      expect(await reportDay({ ...deps, render: { ...render, [file]: erasing } }, DAY)).to.equal('made');
      expect(filesWith(stage, 'ann')).to.deep.equal([]);
      expect(stage.announced).to.have.length(1);
    });
  }

  it('is finished without the name if the draft is gone, and the run works with its report.json', async () => {
    const stage = await diedAtAnnouncement();
    const { draft } = stage.state.reports.get(ID) ?? { draft: '' };
    stage.files.objects.delete(draftKey(REPORT, draft));
    const deps = stage.deps();
    const html = async (report: DailyReport) => {
      const made = await deps.render.html(report);
      erase(stage, 'a');
      return made;
    };
    await reportDay({ ...deps, render: { ...deps.render, html } }, DAY);
    expect(filesWith(stage, '"a"')).to.deep.equal([]);
  });
});

describe('latest.json', () => {
  const revisionIn = (stage: MemoryReports) => JSON.parse(stage.text(LATEST) ?? '{}').revision;

  it('names the newest revision, and never an older one again', async () => {
    const stage = new MemoryReports();
    for (const [revision, named] of [
      [1, 1],
      [3, 3],
      [2, 3],
      [3, 3],
    ] as const) {
      await moveLatest(stage.files, { ...REPORT, revision });
      expect(revisionIn(stage)).to.equal(named);
    }
  });

  it('is read again where another run was faster', async () => {
    const stage = new MemoryReports();
    const { find } = stage.files;
    stage.files.find = async function (key) {
      const found = await find.call(this, key);
      stage.files.find = find;
      await moveLatest(stage.files, { ...REPORT, revision: 2 });
      return found;
    };
    await moveLatest(stage.files, { ...REPORT, revision: 1 });
    expect(revisionIn(stage)).to.equal(2);
  });
});
