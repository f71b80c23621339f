import { breakableName, formatNumber, type Markup, markup, scrollingTable } from '@weir/charts';
import { userMark } from '@weir/dynamodb/reports';
import type { DailyReport } from '../../daily/daily-report.ts';
import { numberOf } from '../view/number-of.ts';

/** The users with the most events, and the share of each. Only the page has their ids: a mail cannot be recalled. */
export function drawUsers({ topUsers, facts }: DailyReport): Markup | undefined {
  // A draft of an earlier version has no such field.
  if (!topUsers) return notKnownYet();
  const { users, erasedEvents } = topUsers;
  if (users.length === 0 && erasedEvents === 0) return undefined;
  const rows = users.map(({ userId, count }) => [
    { text: userId === null ? '–' : markedUser(userId), tone: 'text' } as const,
    formatNumber(count),
    `${formatNumber((100 * count) / facts.total.count)} %`,
  ]);
  return markup`<section class="card brief">
<h2>Busiest users</h2>
${rows.length > 0 && scrollingTable({ caption: 'Busiest users', columns: ['User', 'Events', 'Of all events'], rows })}${
  erasedEvents > 0 && markup`<p class="quiet">${numberOf('event', erasedEvents)} of people who were erased</p>`
}
</section>`;
}

function notKnownYet(): Markup {
  return markup`<section class="card brief">
<h2>Busiest users</h2>
<p class="quiet">Not known yet when this revision was made. A later revision has them.</p>
</section>`;
}

function markedUser(userId: string): Markup {
  return markup`<bdi data-user="${userMark(userId)}">${breakableName(userId)}</bdi>`;
}
