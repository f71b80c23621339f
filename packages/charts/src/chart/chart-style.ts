/** The colours of charts, by their part. */
export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly accent: string;
  /** Of columns beside the one that matters. */
  readonly column: string;
  /** Of bars behind names. */
  readonly soft: string;
  readonly rose: string;
  readonly fell: string;
}

// Every text has a contrast of 4.5 or more with the paper, and with the soft bars that stand behind names. Blue and
// orange differ for every kind of colour blindness, and neither of them says good or bad.
export const LIGHT: Palette = {
  paper: '#ffffff',
  ink: '#152233',
  quiet: '#566375',
  line: '#e3e8ee',
  accent: '#1f6bc4',
  column: '#aecbec',
  soft: '#d6e5f7',
  rose: '#17609e',
  fell: '#a14a0a',
};

export const DARK: Palette = {
  paper: '#161c26',
  ink: '#e9eef5',
  quiet: '#9dabbd',
  line: '#2b3545',
  accent: '#63a8f5',
  column: '#33587f',
  soft: '#24405f',
  rose: '#83bcfa',
  fell: '#f2a766',
};

type Colour = keyof Palette;
const COLOURS = Object.keys(LIGHT) as readonly Colour[];

const variables = Object.fromEntries(COLOURS.map((colour) => [colour, `var(--${colour})`])) as unknown as Palette;

/** The style of all charts. A page gives the colours as custom properties; an image is told them. */
export function chartStyle(palette: Palette = variables): string {
  return [
    `.bar{fill:${palette.soft}}`,
    `.column{fill:${palette.column}}`,
    `.column.main{fill:${palette.accent}}`,
    `.area{fill:${palette.soft}}`,
    `.curve{fill:none;stroke:${palette.accent};stroke-width:2;stroke-linejoin:round;stroke-linecap:round}`,
    `.dot{fill:${palette.accent}}`,
    `.grid{stroke:${palette.line};stroke-width:1}`,
    `.mean{stroke:${palette.quiet};stroke-width:1.5;stroke-dasharray:4 4}`,
    `.name{fill:${palette.ink}}`,
    `.figure{fill:${palette.ink};font-weight:600}`,
    // Keeps a figure legible where a line runs behind it.
    `.halo{stroke:${palette.paper};stroke-width:4;stroke-linejoin:round;paint-order:stroke}`,
    `.label{fill:${palette.quiet}}`,
    `.rose{fill:${palette.rose}}`,
    `.fell{fill:${palette.fell}}`,
  ].join('');
}

/** Declares a palette as custom properties of CSS. */
export function paletteVariables(palette: Palette): string {
  return COLOURS.map((colour) => `--${colour}:${palette[colour]}`).join(';');
}
