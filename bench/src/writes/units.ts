/** Counts of the calls on the wire, by `service:Action`. */
interface WireUsage {
  readonly actions: Readonly<
    Record<string, { readonly calls: number; readonly readUnits: number; readonly writeUnits: number }>
  >;
}

/** The use of a run, in the units of AWS's bill. */
export interface Units {
  /** Write units of conditional puts: the log's entries (and, once each, the log's item and the actions' slots). */
  readonly entries: number;
  /** Write units of statements: the rows. */
  readonly rows: number;
  /** Write units of all other writes: watermarks, and the updates of the usual way. */
  readonly other: number;
  readonly reads: number;
  /** Requests to S3. */
  readonly objects: number;
}

export const NO_UNITS: Units = { entries: 0, rows: 0, other: 0, reads: 0, objects: 0 };

export function unitsOf({ actions }: WireUsage): Units {
  let units = NO_UNITS;
  for (const [name, { calls, readUnits, writeUnits }] of Object.entries(actions)) {
    const kind = kindOf(name);
    units = {
      ...units,
      [kind]: units[kind] + (kind === 'objects' ? calls : writeUnits),
      reads: units.reads + readUnits,
    };
  }
  return units;
}

function kindOf(name: string): 'entries' | 'rows' | 'other' | 'objects' {
  if (name.startsWith('s3:')) return 'objects';
  if (name === 'dynamodb:PutItem') return 'entries';
  return name === 'dynamodb:BatchExecuteStatement' ? 'rows' : 'other';
}

export function writesOf({ entries, rows, other }: Units): number {
  return entries + rows + other;
}

/** The same for a million events. */
export function perMillion(units: Units, events: number): Units {
  const factor = 1e6 / events;
  const { entries, rows, other, reads, objects } = units;
  return {
    entries: entries * factor,
    rows: rows * factor,
    other: other * factor,
    reads: reads * factor,
    objects: objects * factor,
  };
}
