import { inThousands } from './in-thousands.ts';
import { type Part, refTo } from './schema-parts.ts';

/** The body of an operation. */
export interface TakenBody {
  readonly schema: string;
  readonly example: unknown;
  /** The largest accepted body. */
  readonly maxBytes: number;
  readonly types?: readonly string[];
}

/** A required JSON body with the named schema and the operation's own limit. */
export function jsonBody({ schema, example, maxBytes, types = ['application/json'] }: TakenBody): Part {
  const content = { schema: refTo(schema), example };
  return {
    required: true,
    description: `At most ${inThousands(maxBytes)} bytes, uncompressed.`,
    content: Object.fromEntries(types.map((type) => [type, content])),
  };
}
