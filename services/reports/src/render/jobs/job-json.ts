import { canonicalJson } from '../../daily/canonical-json.ts';
import type { AskedQuestion, JobAnswer } from '../../kinds/job-answer.ts';
import type { FunnelResult, SummaryResult } from '../../kinds/results.ts';
import { stepShares } from './funnel-shares.ts';

/** `report.json` in canonical form, in pieces: sorted names, one form of numbers. */
export async function* jobJson({ question, result }: JobAnswer): AsyncGenerator<string> {
  const asked = presentQuestion(question);
  if (result.kind === 'summary') {
    yield* summaryJson(result, asked);
    return;
  }
  const { kind: _, ...fields } = result.kind === 'funnel' ? withShares(result) : result;
  yield `${canonicalJson({ ...fields, question: asked })}\n`;
}

/** The names in their order: actions, asOf, days, question, total. */
async function* summaryJson({ total, actions, days, asOf }: SummaryResult, question: object): AsyncGenerator<string> {
  const until = asOf === null ? null : new Date(asOf).toISOString();
  yield `{"actions":${canonicalJson(actions)},"asOf":${canonicalJson(until)},"days":[`;
  let separator = '';
  for await (const rows of days()) {
    if (rows.length === 0) continue;
    yield `${separator}${rows.map(canonicalJson).join(',')}`;
    separator = ',';
  }
  yield `],"question":${canonicalJson(question)},"total":${canonicalJson(total)}}\n`;
}

function withShares(result: FunnelResult) {
  return { ...result, steps: stepShares(result) };
}

function presentQuestion({ from, to, timeZone, actions }: AskedQuestion): object {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), timeZone, actions };
}
