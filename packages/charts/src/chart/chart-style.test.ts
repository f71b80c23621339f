import { expect } from 'chai';
import { chartStyle, DARK, LIGHT, type Palette, paletteVariables } from './chart-style.ts';

describe('chart-style', () => {
  const palettes: [string, Palette][] = [
    ['light', LIGHT],
    ['dark', DARK],
  ];
  for (const [name, palette] of palettes) {
    for (const text of ['ink', 'quiet', 'rose', 'fell'] as const) {
      it(`has ${text} text of enough contrast in ${name} mode`, () => {
        expect(contrast(palette[text], palette.paper)).to.be.at.least(4.5);
      });
    }

    it(`has bars that are told from the paper in ${name} mode, and names that are read on them`, () => {
      expect(contrast(palette.accent, palette.paper)).to.be.at.least(3);
      expect(contrast(palette.ink, palette.soft)).to.be.at.least(7);
    });
  }

  it('has its colours from a palette, or from custom properties', () => {
    expect(chartStyle(LIGHT)).to.contain(LIGHT.accent).and.not.contain('var(');
    expect(chartStyle()).to.contain('var(--accent)').and.not.contain('#');
    expect(paletteVariables(DARK)).to.contain(`--accent:${DARK.accent}`);
  });
});

/** The contrast of two colours as the WCAG defines it. */
function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
