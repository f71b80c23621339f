import { createHash } from 'node:crypto';
import type { ObjectStore } from '@weir/archive';
import { draftKey, type ReportFile, type ReportsStore, reportFileKey, type StoredReport } from '@weir/dynamodb/reports';
import type { DailyReport } from '../daily-report.ts';
import { moveLatest } from './move-latest.ts';
import { type Announce, announcementOf } from './report-announcement.ts';
import type { ReportRenderers } from './report-renderers.ts';

/** A run ends before its lease does: it has the time-out of the function, 15 minutes, and a minute for its last call. */
export const LEASE_MS = 16 * 60_000;

export interface RevisionDeps {
  readonly store: ReportsStore;
  /** The bucket of reports. */
  readonly files: Pick<ObjectStore, 'put' | 'find' | 'create' | 'replace'>;
  readonly render: ReportRenderers;
  readonly announce: Announce;
  readonly now: () => number;
  /** Names a run. */
  readonly newOwner: () => string;
}

/** A draft, by the hash of its bytes. */
export async function putDraft(
  { files, render }: Pick<RevisionDeps, 'files' | 'render'>,
  report: DailyReport,
): Promise<string> {
  const bytes = Buffer.from(render.json(report));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await files.put(draftKey(report, sha256), bytes);
  return sha256;
}

/**
 * Claims the next revision of a report for the draft that `claim` names, and finishes it. False if another run was
 * faster: its draft then is the revision.
 */
export async function claimRevision(
  deps: RevisionDeps,
  claim: Omit<StoredReport, 'owner' | 'leaseUntil' | 'claimedAt'>,
): Promise<boolean> {
  const now = deps.now();
  const claimedAt = claim.revision === 1 ? claim.createdAt : now;
  const claimed: StoredReport = { ...claim, owner: deps.newOwner(), leaseUntil: now + LEASE_MS, claimedAt };
  if (!(await deps.store.claim(claimed))) return false;
  await finishRevision(deps, claimed);
  return true;
}

/** Finishes a revision that another run has left unfinished; false while that run may still be at work. */
export async function resumeRevision(deps: RevisionDeps, { id, revision, ...stored }: StoredReport): Promise<boolean> {
  const now = deps.now();
  const lease = { revision, owner: deps.newOwner(), now, until: now + LEASE_MS };
  if (!(await deps.store.lease(id, lease))) return false;
  await finishRevision(deps, { id, revision, ...stored });
  return true;
}

/**
 * Writes the files of a claimed revision. All of them are made of its draft, so that a run that goes on where another
 * one died writes the same bytes. An erasure may take a user out of the draft and of the files meanwhile: it begins with
 * the draft, so files of an older draft are written once more.
 */
async function finishRevision(deps: RevisionDeps, stored: StoredReport): Promise<void> {
  const { files, store, announce } = deps;
  const { revision } = stored;
  let draft = await readDraft(files, stored);
  let report = await putFiles(deps, stored, draft);
  for (;;) {
    const now = await readDraft(files, stored);
    if (now.json.equals(draft.json)) break;
    draft = now;
    report = await putFiles(deps, stored, draft);
  }
  await moveLatest(files, stored);
  // A later revision is not mailed: the next report has a line about it.
  if (revision === 1) await announce(announcementOf(report, stored.createdAt));
  await store.finish(stored.id, revision);
}

/** A revision's `report.json`, and whether it is the revision's own, because its draft is gone. */
interface Draft {
  readonly json: Buffer;
  readonly isOwn: boolean;
}

async function putFiles(
  { files, render }: RevisionDeps,
  { revision }: StoredReport,
  { json, isOwn }: Draft,
): Promise<DailyReport> {
  const report = JSON.parse(json.toString()) as DailyReport;
  const put = (file: ReportFile, bytes: Uint8Array) => files.put(reportFileKey(report, revision, file), bytes);
  if (!isOwn) await put('json', json);
  await put('csv', Buffer.from(render.csv(report)));
  await put('html', Buffer.from(await render.html(report)));
  await put('mail', await render.mail(report));
  return report;
}

async function readDraft(files: RevisionDeps['files'], stored: StoredReport): Promise<Draft> {
  const draft = await files.find(draftKey(stored, stored.draft));
  // Drafts are removed after some weeks. A run that died may have written the same bytes as the revision's own.
  const found = draft ?? (await files.find(reportFileKey(stored, stored.revision, 'json')));
  if (!found) throw new Error(`the draft of revision ${stored.revision} of ${stored.id} is gone`);
  return { json: Buffer.from(found.bytes), isOwn: !draft };
}
