import type { LogHead } from '@weir/archive/reading';
import type { LostObject } from '../lines/fold-piece.ts';
import type { DaySpan } from '../lines/line-fold.ts';
import type { AuditBase } from '../rows/read-base.ts';

/** A file with a part of what the archive's lines of one UTC day give. */
export interface CountedPart {
  readonly day: number;
  readonly key: string;
}

/** How far an audit goes: up to the head of each log. */
export interface AuditEnd {
  /** In order of the logs' ids. */
  readonly heads: readonly LogHead[];
  /** The arrival up to which everything is compared; undefined before the first event and the first sweep. */
  readonly asOf: number | undefined;
}

/** The progress of an audit, as JSON. Each step writes a new one under a name of its own, and changes none. */
export interface Checkpoint {
  /** The UTC days that are compared. */
  readonly span: DaySpan;
  readonly base?: AuditBase;
  /** The file with the rows of each day, in order; days without a file are not read yet. */
  readonly rows: readonly string[];
  readonly end?: AuditEnd;
  /** The file with the list of pieces. */
  readonly pieces?: string;
  /** Pieces that are counted, and all that there are. */
  readonly counted: number;
  readonly total: number;
  readonly parts: readonly CountedPart[];
  readonly lost: readonly LostObject[];
  /** The file with the differences of each day, in order. */
  readonly differences: readonly string[];
}

export function firstCheckpoint(span: DaySpan): Checkpoint {
  return { span, rows: [], counted: 0, total: 0, parts: [], lost: [], differences: [] };
}

export function isComplete({ span, differences }: Checkpoint): boolean {
  return differences.length === span.to - span.from;
}
