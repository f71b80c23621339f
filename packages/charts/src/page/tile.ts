import { inlineSvg } from '../chart/chart.ts';
import { sparkline } from '../chart/sparkline.ts';
import type { Change } from '../format/compare-figures.ts';
import { formatChange, toneOf } from '../format/format-change.ts';
import { type Markup, markup } from '../markup/markup.ts';

export interface Tile {
  readonly name: string;
  readonly value: string;
  readonly changes?: readonly { readonly change: Change; readonly against: string }[];
  readonly note?: string | undefined;
  /** The figure's course, oldest first: the tile is larger with it. */
  readonly course?: { readonly values: readonly (number | null)[]; readonly summary: string } | undefined;
}

// A telephone has no room for more characters of the usual size.
const LONG = 9;

/** One figure, large, with its changes. */
export function tile({ name, value, changes = [], note, course }: Tile): Markup {
  return markup`<section class="card tile${course && ' large'}">
<h2>${name}</h2><div class="figure"><p class="value${value.length > LONG && ' long'}">${value}</p>${
    course && inlineSvg(sparkline({ ...course, width: 160, height: 40 }), 'course')
  }</div>${
    changes.length > 0 && markup`<ul class="changes">${changes.map(drawChange)}</ul>`
  }${note && markup`<p class="quiet">${note}</p>`}
</section>`;
}

function drawChange({ change, against }: { readonly change: Change; readonly against: string }): Markup {
  return markup`<li><b class="${toneOf(change) ?? 'same'}">${formatChange(change)}</b> ${against}</li>`;
}
