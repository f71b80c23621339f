import type { Operations } from '../api/operations.ts';
import type { Input, OperationName } from './build-request.ts';
import type { Answer } from './call-operation.ts';
import type { CallOptions } from './send-request.ts';

/** An operation that answers pages: it takes the cursor of the page before. */
export type ListName = {
  [Name in OperationName]: 'cursor' extends keyof Input<Name> ? Name : never;
}[OperationName];

/** An item of a list. */
export type Item<Name extends ListName> = Operations[Name]['answer']['items'][number];

/** The items of all pages, one page in memory at a time. The next page is asked for when its first item is wanted. */
export async function* listItems<Name extends ListName>(
  call: (name: Name, input: Input<Name>, options?: CallOptions) => Promise<Answer<Name>>,
  { name, input }: { readonly name: Name; readonly input: Input<Name> },
  options?: CallOptions,
): AsyncGenerator<Item<Name>, void, undefined> {
  let cursor: string | undefined = input.cursor;
  do {
    const { body } = await call(name, { ...input, cursor }, options);
    yield* body.items as readonly Item<Name>[];
    cursor = body.cursor;
  } while (cursor !== undefined);
}
