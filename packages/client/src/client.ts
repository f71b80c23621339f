import type { Operations } from './api/operations.ts';
import type { Input, OperationName } from './calls/build-request.ts';
import type { Answer, Body } from './calls/call-operation.ts';
import type { Item, ListName } from './calls/list-items.ts';
import type { CallOptions } from './calls/send-request.ts';
import type { EventSender, SenderOptions } from './events/event-sender.ts';
import type { LiveQuery, LiveRow } from './live/messages.ts';

/** The arguments of an operation: an input without required fields may be left out. */
export type Arguments<Name extends OperationName> =
  Partial<Input<Name>> extends Input<Name>
    ? [input?: Input<Name>, options?: CallOptions]
    : [input: Input<Name>, options?: CallOptions];

/**
 * A method for each operation of the API. It resolves with the body of a success, and rejects with `ProblemError`,
 * `UnreachableError`, or the reason of the signal.
 */
export type Methods = {
  readonly [Name in keyof Operations]: (...given: Arguments<Name>) => Promise<Body<Name>>;
};

/** Calls one Weir. */
export interface Client extends Methods {
  /** Calls an operation, and resolves with status and headers too. */
  call<Name extends OperationName>(name: Name, ...given: Arguments<Name>): Promise<Answer<Name>>;
  /** The items of a list, through all of its pages: `for await (const user of weir.items('listUsers'))`. */
  items<Name extends ListName>(name: Name, ...given: Arguments<Name>): AsyncGenerator<Item<Name>, void, undefined>;
  /** Rows as they change: `for await (const row of weir.live({ actions: ['checkout'], interval: 'minute' }))`. */
  live(query: LiveQuery, options?: { readonly signal?: AbortSignal }): AsyncGenerator<LiveRow, never, undefined>;
  /** Sends events in batches. Make one for a process, or a page, and keep it. */
  sender(options: SenderOptions): EventSender;
}
