import type { ObjectStore } from '@weir/archive';
import { type ReportsStore, reportFolders } from '@weir/dynamodb/reports';
import { eraseFromReport } from './erase-from-report.ts';
import type { NowPlace } from './now-place.ts';

/** Dependencies of the place. */
export interface ReportsPlaceDeps {
  readonly reports: Pick<ReportsStore, 'listHoldingUsers'>;
  /** The bucket of reports. */
  readonly files: Pick<ObjectStore, 'list' | 'find' | 'replace'>;
}

/**
 * The reports as a place of an erasure: all revisions of the reports that name users, and their drafts, of which an
 * unfinished revision is still to be made.
 */
export function createReportsPlace({ reports, files }: ReportsPlaceDeps): NowPlace {
  return {
    name: 'reports',
    async erase(userId) {
      let erased = 0;
      for await (const report of reports.listHoldingUsers()) {
        for (const folder of reportFolders(report)) {
          for await (const { key } of files.list(folder)) {
            if (await eraseFromFile(files, key, userId)) erased++;
          }
        }
      }
      return { erased };
    },
  };
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
