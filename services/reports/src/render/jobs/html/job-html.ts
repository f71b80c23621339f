import type { JobAnswer } from '../../../kinds/job-answer.ts';
import { funnelPage } from './funnel-page.ts';
import { type JobPage, layOutPage } from './job-page.ts';
import { retentionPage } from './retention-page.ts';
import { summaryPage } from './summary-page.ts';

/** `report.html`: one page, small however large the result is. */
export function* jobHtml(answer: JobAnswer): Generator<string> {
  yield layOutPage(pageOf(answer));
}

function pageOf({ question, result }: JobAnswer): JobPage {
  if (result.kind === 'summary') return summaryPage({ question, result });
  return result.kind === 'retention' ? retentionPage({ question, result }) : funnelPage({ question, result });
}
