import { type Markup, markup, renderPage, type Tile, tile } from '@weir/charts';

/** What the page of a job says. */
export interface JobPage {
  /** `Funnel` */
  readonly kind: string;
  /** The range, in words. */
  readonly range: string;
  /** The answer in a sentence or two. */
  readonly lead: string;
  /** Zone and actions, each in a few words. */
  readonly facts: readonly string[];
  readonly tiles: readonly Tile[];
  readonly cards: readonly Markup[];
  /** How the figures were made. */
  readonly notes: readonly string[];
}

/** Lays a page out as the daily report's. */
export function layOutPage({ kind, range, lead, facts, tiles, cards, notes }: JobPage): string {
  const body = markup`<header>
<p class="eyebrow">Weir · ${kind}</p>
<h1>${range}</h1>
<p class="lead">${lead}</p>
<p class="quiet">${facts.join(' · ')}</p>
</header>
<div class="tiles">
${tiles.map(tile)}
</div>
${cards}
<footer>${notes.map((note) => markup`<p class="quiet">${note}</p>\n`)}</footer>`;
  return renderPage({ title: `${kind}: ${range}`, body });
}

/** Two cards beside each other, where the screen is wide. */
export function besides(one: Markup, other: Markup): Markup {
  return markup`<div class="beside">${one}${other}</div>`;
}
