import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { columnChart } from '../chart/column-chart.ts';
import { markup } from '../markup/markup.ts';
import { scrollingTable } from './data-table.ts';
import { CHART_WIDTHS, figureCard } from './figure-card.ts';
import { renderPage } from './render-page.ts';
import { tile } from './tile.ts';

const HOSTILE = '</style></title><script>alert(1)</script>';

describe('render-page', () => {
  const page = renderPage({ title: HOSTILE, body: markup`<h1>${HOSTILE}</h1>` });

  it('holds no script, no link that leaves it, and nothing of a hostile title', () => {
    expect(page).to.not.match(/<script|https?:|src=|@import|url\(/);
    expect(page.match(/<\/title>/g)).to.have.length(1);
  });

  it('allows the browser its own style and nothing else', () => {
    const style = page.match(/<style>(.*?)<\/style>/s)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).to.contain(`style-src &#39;sha256-${hash}&#39;`).and.contain('default-src &#39;none&#39;');
    expect(page).to.not.contain(' style=');
  });
});

describe('figure-card', () => {
  it('draws the chart for telephones and for screens, with its figures in a table', () => {
    const card = figureCard({
      title: 'Checkouts fell',
      draw: (width) => columnChart({ columns: [], width, height: 100, summary: 'S', figures: 'all', empty: 'E' }),
      table: { caption: 'Checkouts', columns: ['Day', 'Events'], rows: [['Mon', '1']] },
    }).text;
    for (const width of Object.values(CHART_WIDTHS)) expect(card).to.contain(`viewBox="0 0 ${width} 100"`);
    expect(card).to.contain('<h2>Checkouts fell</h2>').and.contain('<div class="hidden"><table class="data">');
    expect(card).to.contain('<th scope="row">Mon</th><td>1</td>');
  });
});

describe('tile', () => {
  it('shows a figure with its changes', () => {
    const text = tile({
      name: 'Events',
      value: '5',
      changes: [{ change: { kind: 'new' }, against: 'yesterday' }],
    }).text;
    expect(text).to.contain('<h2>Events</h2>').and.contain('<b class="same">new</b> yesterday');
  });
});

describe('data-table', () => {
  it('can be moved with the keyboard, and has a name', () => {
    const text = scrollingTable({
      caption: 'All actions',
      columns: ['A', 'B'],
      rows: [['a', { text: 'b', tone: 'rose' }]],
    });
    expect(text.text).to.contain('role="region" aria-label="All actions" tabindex="0"');
    expect(text.text).to.contain('<td class="rose">b</td>');
  });
});
