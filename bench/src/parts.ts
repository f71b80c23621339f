import { reportAlerts } from './alerts/alerts-report.ts';
import { reportLines } from './archive-lines/lines-report.ts';
import { reportAudit } from './audit/audit-report.ts';
import { reportByUser } from './by-user/by-user-report.ts';
import { reportConsume } from './consume/consume-report.ts';
import { reportDoors } from './doors/doors-report.ts';
import { reportFairness } from './fairness/fairness-report.ts';
import { reportLimits } from './limits/limits-report.ts';
import { reportListing } from './listing/listing-report.ts';
import { reportPush } from './push/push-report.ts';
import { reportReads } from './reads/reads-report.ts';
import { reportReady } from './ready/ready-report.ts';
import type { Report } from './report/table.ts';
import { reportRows } from './rows/rows-report.ts';
import { reportStart } from './start/start-report.ts';
import { reportWebhooks } from './webhooks/webhooks-report.ts';
import { reportWindow } from './window/window-report.ts';
import { reportWrites } from './writes/writes-report.ts';
import { reportYear } from './year/year-report.ts';

/** A benchmark that runs by itself, by its letter or its name. */
export interface Part {
  readonly letter: string;
  readonly part: string;
  readonly run: (options: { readonly quick: boolean }) => Promise<Report>;
}

export const parts: readonly Part[] = [
  { letter: 'a', part: 'consume', run: reportConsume },
  { letter: 'b', part: 'writes', run: reportWrites },
  { letter: 'c', part: 'reads', run: reportReads },
  { letter: 'd', part: 'window', run: reportWindow },
  { letter: 'e', part: 'rows', run: reportRows },
  { letter: 'f', part: 'start', run: reportStart },
  { letter: 'g', part: 'listing', run: reportListing },
  { letter: 'h', part: 'limits', run: reportLimits },
  { letter: 'i', part: 'doors', run: reportDoors },
  { letter: 'j', part: 'ready', run: reportReady },
  { letter: 'k', part: 'by-user', run: reportByUser },
  { letter: 'l', part: 'archive-lines', run: reportLines },
  { letter: 'm', part: 'year', run: reportYear },
  { letter: 'n', part: 'fairness', run: reportFairness },
  { letter: 'o', part: 'audit', run: reportAudit },
  { letter: 'p', part: 'alerts', run: reportAlerts },
  { letter: 'q', part: 'webhooks', run: reportWebhooks },
  { letter: 'r', part: 'push', run: reportPush },
];
