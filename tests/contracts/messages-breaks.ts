import { limitBreaks, sizeBreaks } from './limit-breaks.ts';
import type { Schema } from './schemas/keywords.ts';
import { type Direction, type Pair, SchemaBreaks } from './schemas/schema-breaks.ts';

type Named = Readonly<Record<string, Schema>>;

/** The contract of messages: webhooks, or the live push. */
export interface MessagesContract {
  /** What Weir takes, by the kind of message. */
  readonly taken: Named;
  /** What Weir sends. */
  readonly told: Named;
  /** What somebody may do: each may only grow. */
  readonly most: Readonly<Record<string, number>>;
  /** What a receiver needs room for: each may only get smaller. */
  readonly sizes: Readonly<Record<string, number>>;
}

/** What was taken or told in the one contract, and is not in the other: a line for each. New kinds are no breaks. */
export function messagesBreaks({ base, head }: Pair<MessagesContract>): readonly string[] {
  return [
    ...kindBreaks('request', { base: base.taken, head: head.taken }),
    ...kindBreaks('answer', { base: base.told, head: head.told }),
    ...limitBreaks({ base: base.most, head: head.most }, (was, is) => is < was),
    ...sizeBreaks({ base: base.sizes, head: head.sizes }),
  ];
}

function kindBreaks(direction: Direction, { base, head }: Pair<Named>): readonly string[] {
  const schemas = new SchemaBreaks(direction, { base: {}, head: {} });
  return Object.entries(base).flatMap(([kind, was]) => {
    const is = head[kind];
    return is === undefined ? [`${kind}: is gone`] : schemas.between(kind, { base: was, head: is });
  });
}
