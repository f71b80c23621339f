import { inThousands } from './in-thousands.ts';
import { type Part, refTo } from './schema-parts.ts';

/** A body that an operation takes. */
export interface TakenBody {
  readonly schema: string;
  readonly example: unknown;
  /** The most that is read of it. */
  readonly maxBytes: number;
  readonly types?: readonly string[];
}

/** A body that must be sent, in JSON of the named schema, with the operation's own limit. */
export function jsonBody({ schema, example, maxBytes, types = ['application/json'] }: TakenBody): Part {
  const content = { schema: refTo(schema), example };
  return {
    required: true,
    description: `At most ${inThousands(maxBytes)} bytes, once its gzip is off.`,
    content: Object.fromEntries(types.map((type) => [type, content])),
  };
}
