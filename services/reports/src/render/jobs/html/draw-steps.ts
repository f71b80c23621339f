import {
  breakableName,
  type Cell,
  figureCard,
  formatNumber,
  formatShare,
  type Markup,
  markup,
  rankedBars,
  scrollingTable,
} from '@weir/charts';
import type { FunnelResult } from '../../../kinds/results.ts';

type Steps = Pick<FunnelResult, 'steps'>;

/** The step that the most users did not reach, of those who did the one before. */
export interface Loss {
  /** From 2 on. */
  readonly step: number;
  readonly lost: number;
  readonly before: number;
}

/** Undefined where nobody is lost. */
export function largestLoss({ steps }: Steps): Loss | undefined {
  const losses = steps.slice(1).map(({ users }, at) => {
    const before = steps[at]?.users ?? 0;
    return { step: at + 2, lost: before - users, before };
  });
  return losses.filter(({ lost }) => lost > 0).sort((a, b) => b.lost - a.lost)[0];
}

/** The users of each step as bars. */
export function drawSteps({ steps }: Steps): Markup {
  const began = steps[0]?.users ?? 0;
  const loss = largestLoss({ steps });
  const title = loss
    ? `The most users were lost from step ${loss.step - 1} to step ${loss.step}: ${formatNumber(loss.lost)}, or ${formatShare(loss.lost, loss.before)}`
    : 'Nobody was lost on the way';
  return figureCard({
    title,
    note: 'Users by step, and their part of those who began',
    draw: (width) =>
      rankedBars({
        rows: steps.map(({ action, users }, at) => ({
          name: `${at + 1}. ${action}`,
          value: users,
          note: formatShare(users, began),
        })),
        width,
        summary: `Bars: ${title}.`,
      }),
    table: {
      caption: 'Users by step',
      columns: ['Step', 'Action', 'Users', 'Of those who began'],
      rows: steps.map(({ action, users }, at) => [
        String(at + 1),
        action,
        formatNumber(users),
        formatShare(users, began),
      ]),
    },
  });
}

const COLUMNS = ['Step', 'Action', 'Users', 'Of those who began', 'Of the step before', 'Lost on the way'];

/** All that is known of each step. */
export function drawStepsTable({ steps }: Steps): Markup {
  const began = steps[0]?.users ?? 0;
  const rows = steps.map(({ action, users }, at): (string | Cell)[] => {
    const before = steps[at - 1]?.users;
    const figures = before === undefined ? ['', ''] : [formatShare(users, before), formatNumber(before - users)];
    const name: Cell = { text: breakableName(action), tone: 'text' };
    return [String(at + 1), name, formatNumber(users), formatShare(users, began), ...figures];
  });
  return markup`<section class="card long steps">
<h2>Steps</h2>
${scrollingTable({ caption: 'Steps', columns: COLUMNS, rows })}
</section>`;
}
