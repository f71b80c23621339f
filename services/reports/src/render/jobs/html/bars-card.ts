import { type FigureCard, figureCard, type Markup, type RankedRow, rankedBars } from '@weir/charts';

/** A card with bars, the longest of which fills its width. */
export function barsCard({
  bars,
  ...card
}: Omit<FigureCard, 'draw'> & { readonly bars: readonly RankedRow[] }): Markup {
  return figureCard({
    ...card,
    draw: (width) => rankedBars({ rows: bars, width, summary: `Bars: ${card.title}.` }),
  });
}
