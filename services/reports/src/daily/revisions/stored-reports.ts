import type { ReportsStore, StoredReport } from '@weir/dynamodb/reports';
import { compareText } from '../compare-text.ts';
import type { DailyReport } from '../daily-report.ts';

/** Reports that are listed at once. */
const PAGE = 100;

/** All reports, the newest first. */
export async function listReports(store: Pick<ReportsStore, 'list'>): Promise<StoredReport[]> {
  const reports: StoredReport[] = [];
  let after: string | undefined;
  do {
    const page = await store.list('daily', { after, limit: PAGE });
    reports.push(...page.reports);
    after = page.next;
  } while (after !== undefined);
  return reports;
}

/** The revisions that the report `id` has a line about, the oldest report first. */
export function revisedIn(id: string, reports: readonly StoredReport[]): DailyReport['revised'] {
  const revised = reports.flatMap(({ id: of, laterRevisions }) =>
    laterRevisions
      .filter(({ toldIn }) => toldIn === id)
      .map(({ revision, changes }) => ({ id: of, revision, changes })),
  );
  return revised.sort((a, b) => compareText(a.id, b.id) || a.revision - b.revision);
}
