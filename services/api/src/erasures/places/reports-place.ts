import type { ObjectStore } from '@weir/archive';
import { jobFilesFolder } from '@weir/dynamodb/jobs';
import { type ReportsStore, reportFolders } from '@weir/dynamodb/reports';
import { eraseFromReport } from './erase-from-report.ts';
import type { NowPlace } from './now-place.ts';

/** Dependencies of the place. */
export interface ReportsPlaceDeps {
  readonly reports: Pick<ReportsStore, 'listHoldingUsers'>;
  /** The bucket of reports. */
  readonly files: Pick<ObjectStore, 'list' | 'find' | 'replace'>;
}

/** The results of all jobs of the kind `users`. */
const USERS_RESULTS = jobFilesFolder('users-').slice(0, -1);

/**
 * The reports as a place of an erasure, in the order in which a report is made: the top users that a job has counted, the
 * drafts of the reports that name users, and all revisions. So what was made of something older is looked into after it.
 */
export function createReportsPlace({ reports, files }: ReportsPlaceDeps): NowPlace {
  return {
    name: 'reports',
    async erase(userId) {
      let erased = await eraseFromFolder(files, USERS_RESULTS, userId);
      for await (const report of reports.listHoldingUsers()) {
        for (const folder of reportFolders(report)) erased += await eraseFromFolder(files, folder, userId);
      }
      return { erased };
    },
  };
}

/** The number of files that named the user. */
async function eraseFromFolder(files: ReportsPlaceDeps['files'], folder: string, userId: string): Promise<number> {
  let erased = 0;
  for await (const { key } of files.list(folder)) if (await eraseFromFile(files, key, userId)) erased++;
  return erased;
}

/** Whether the file named the user. */
async function eraseFromFile(files: ReportsPlaceDeps['files'], key: string, userId: string): Promise<boolean> {
  for (;;) {
    const found = await files.find(key);
    const text = found && eraseFromReport(key, Buffer.from(found.bytes).toString(), userId);
    if (!found || text === undefined) return false;
    // If another writer was faster, the file is read again.
    if (await files.replace(key, Buffer.from(text), found.tag)) return true;
  }
}
