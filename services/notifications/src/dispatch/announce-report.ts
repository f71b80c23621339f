import { announceMessage, type DispatchDeps, takes } from './announce-message.ts';
import { readAnnouncedReport, reportMessage } from './messages/report-message.ts';

/** Tells endpoints of a report that is ready. Throws if the text of the announcement names none. */
export async function announceReport(deps: DispatchDeps, announcement: string): Promise<void> {
  await announceMessage(deps, reportMessage(readAnnouncedReport(announcement)), takes('report.ready'));
}
