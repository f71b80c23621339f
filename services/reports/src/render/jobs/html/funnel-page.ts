import { formatNumber, formatShare, type Markup, type Tile } from '@weir/charts';
import type { JobAnswer } from '../../../kinds/job-answer.ts';
import type { FunnelResult } from '../../../kinds/results.ts';
import { numberOf } from '../../view/number-of.ts';
import { describeErased, describeInstants, describeRange, USERS_ARE_HASHES } from './describe-question.ts';
import { drawSteps, drawStepsTable } from './draw-steps.ts';
import { formatDuration } from './format-duration.ts';
import { besides, type JobPage } from './job-page.ts';
import { largestLoss } from './largest-loss.ts';

const LONG_NAME = 40;

/** How many users went how far. */
export function funnelPage({ question, result }: JobAnswer<FunnelResult>): JobPage {
  const { steps, windowSeconds, erasedEvents } = result;
  const erased = describeErased(erasedEvents);
  return {
    kind: 'Funnel',
    range: describeRange(question),
    lead: leadOf(result),
    facts: [question.timeZone, `${formatNumber(steps.length)} steps within ${formatDuration(windowSeconds)}`],
    tiles: tilesOf(result),
    cards: cardsOf(result),
    notes: [
      `${describeInstants(question)} The first step is in this range. The later ones follow in their order, within ${formatDuration(windowSeconds)} after it, also past the end of the range. A user counts with the best of all attempts.`,
      USERS_ARE_HASHES,
      ...(erased ? [erased] : []),
    ],
  };
}

function cardsOf(result: FunnelResult): Markup[] {
  const table = drawStepsTable(result);
  if (!result.steps[0]?.users) return [table];
  const chart = drawSteps(result);
  // Long names need the whole width.
  return result.steps.some(({ action }) => action.length > LONG_NAME) ? [chart, table] : [besides(chart, table)];
}

function leadOf({ steps, windowSeconds }: FunnelResult): string {
  const [first, last] = [steps[0], steps.at(-1)];
  if (!first?.users || !last) return 'Nobody did the first step.';
  const share = formatShare(last.users, first.users);
  return `Of ${numberOf('user', first.users)} who began, ${formatNumber(last.users)} (${share}) did all steps within ${formatDuration(windowSeconds)}.`;
}

function tilesOf(result: FunnelResult): Tile[] {
  const { steps } = result;
  const [began, ended] = [steps[0]?.users ?? 0, steps.at(-1)?.users ?? 0];
  const loss = largestLoss(result);
  return [
    { name: 'Began', value: formatNumber(began), note: 'Users who did step 1' },
    { name: 'Did all steps', value: formatNumber(ended), note: `Users who did step ${steps.length}` },
    { name: 'Of those who began', value: formatShare(ended, began) },
    {
      name: 'Largest loss',
      value: loss ? formatShare(loss.lost, loss.before) : formatShare(0, 0),
      note: loss ? `From step ${loss.step - 1} to step ${loss.step}` : 'Nobody was lost',
    },
  ];
}
