/** The results of one part of the benchmarks. */
export interface Report {
  /** Names the part on the command line, and its tables' markers in docs/benchmarks.md. */
  readonly part: string;
  readonly tables: readonly Table[];
}

export interface Table {
  readonly title: string;
  /** The first column names the row and is aligned left; the others are figures. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How the figures were measured, as far as a reader must know. */
  readonly note?: string;
}

/** A table in Markdown. Its columns are padded, so that it is also readable in a terminal. */
export function markdownTable({ title, columns, rows, note }: Table): string {
  const widths = columns.map((column, at) => Math.max(3, column.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => padded(cell, at, widths)).join(' | ')} |`;
  const rule = `|${widths.map((width, at) => (at === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  const parts = [`**${title}**`, '', line(columns), rule, ...rows.map(line)];
  return (note === undefined ? parts : [...parts, '', note]).join('\n');
}

function padded(cell: string, at: number, widths: readonly number[]): string {
  const width = widths[at] ?? 0;
  return at === 0 ? cell.padEnd(width) : cell.padStart(width);
}

/** A figure with no more decimals than are worth reading. */
export function figure(value: number, decimals = decimalsFor(value)): string {
  return value.toFixed(decimals).replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ' ');
}

function decimalsFor(value: number): number {
  if (value >= 100) return 0;
  return value >= 10 ? 1 : 2;
}
