import type { Change, FigureCard, Tile } from '@weir/charts';

/** A chart of a report, with its sentence and its figures. */
export interface ReportFigure extends FigureCard {
  readonly key: 'days' | 'hours' | 'actions';
}

export interface ActionRow {
  readonly action: string;
  readonly count: number;
  readonly users: number | null;
  readonly sum: number;
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly sinceDayBefore: Change;
  readonly sinceLastSeven: Change;
}

/** What a report says, in the words and the order in which the page and the mail say it. */
export interface ReportView {
  /** `Sunday, 29 November 2026` */
  readonly date: string;
  /** Revision, zone and audit, each in a few words. */
  readonly facts: readonly string[];
  /** The day in a sentence or two. */
  readonly lead: string;
  /** The lead in the few words of a subject. */
  readonly brief: string;
  readonly tiles: readonly Tile[];
  readonly figures: readonly ReportFigure[];
  readonly actions: readonly ActionRow[];
  readonly refused: Section;
  /** Only where the audit found differences. */
  readonly drift: Section | undefined;
  /** Only in a later revision. */
  readonly changes: Section | undefined;
  /** Only if earlier reports have new revisions. */
  readonly revised: Section | undefined;
  /** How the figures were made. */
  readonly notes: readonly string[];
}

/** A sentence and a table. */
export interface Section {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What the table leaves out. */
  readonly more: string | undefined;
}
