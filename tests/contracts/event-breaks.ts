import { limitBreaks } from './limit-breaks.ts';
import type { Schema } from './schemas/keywords.ts';
import { type Pair, SchemaBreaks } from './schemas/schema-breaks.ts';

/** The contract of an event: its schema, and limits that a schema cannot express. */
export interface EventContract {
  readonly schema: Schema;
  /** Each may only grow. */
  readonly most: Readonly<Record<string, number>>;
  /** Each may only get smaller. */
  readonly least: Readonly<Record<string, number>>;
}

/**
 * Events of the one contract that the other refuses, a line for each rule. Producers still send them, the stream keeps them
 * for days, and the archive for ever: so what was an event stays one, to be taken as well as to be read.
 */
export function eventBreaks({ base, head }: Pair<EventContract>): readonly string[] {
  const none = { base: {}, head: {} };
  return [
    ...new SchemaBreaks('request', none).between('event', { base: base.schema, head: head.schema }),
    ...limitBreaks({ base: base.most, head: head.most }, (was, is) => is < was),
    ...limitBreaks({ base: base.least, head: head.least }, (was, is) => is > was),
  ];
}
