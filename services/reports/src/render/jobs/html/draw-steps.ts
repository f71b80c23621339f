import { breakableName, type Cell, formatNumber, formatShare, type Markup, markup, scrollingTable } from '@weir/charts';
import { barsCard } from './bars-card.ts';
import { largestLoss, type Steps } from './largest-loss.ts';

/** The users of each step as bars. */
export function drawSteps({ steps }: Steps): Markup {
  const began = steps[0]?.users ?? 0;
  const loss = largestLoss({ steps });
  const title = loss
    ? `The most users were lost from step ${loss.step - 1} to step ${loss.step}: ${formatNumber(loss.lost)}, or ${formatShare(loss.lost, loss.before)}`
    : 'Nobody was lost on the way';
  return barsCard({
    title,
    note: 'Users by step, and their part of those who began',
    bars: steps.map(({ action, users }, at) => ({
      name: `${at + 1}. ${action}`,
      value: users,
      note: formatShare(users, began),
    })),
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

const COLUMNS = ['Step', 'Users', 'Of those who began', 'Of the step before', 'Lost on the way'];

/** All that is known of each step. */
export function drawStepsTable({ steps }: Steps): Markup {
  const began = steps[0]?.users ?? 0;
  const rows = steps.map(({ action, users }, at): (string | Cell)[] => {
    const before = steps[at - 1]?.users;
    const figures = before === undefined ? ['', ''] : [formatShare(users, before), formatNumber(before - users)];
    const name = markup`${at + 1}. ${breakableName(action)}`;
    return [{ text: name }, formatNumber(users), formatShare(users, began), ...figures];
  });
  return markup`<section class="card long">
<h2>Steps</h2>
${scrollingTable({ caption: 'Steps', columns: COLUMNS, rows })}
</section>`;
}
