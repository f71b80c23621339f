import { storedFiring } from '@weir/dynamodb/alerts';
import { storedWebhook } from '@weir/dynamodb/webhooks';
import type { DynamoDBRecord } from 'aws-lambda';
import type { TableChange } from '../dispatch/dispatch-change.ts';

type Item = Parameters<typeof storedWebhook>[0];

/** What a record of the stream of the table `notifications` says; `undefined` of items that nobody is told of. */
export function readChange({ dynamodb: { OldImage, NewImage } = {} }: DynamoDBRecord): TableChange | undefined {
  // Lambda's types and those of the SDK are of one form.
  const [before, after] = [OldImage, NewImage] as [Item | undefined, Item | undefined];
  if (!after) return undefined;
  const firing = storedFiring(after);
  if (firing) return { kind: 'firing', before: before && storedFiring(before), after: firing };
  return changeOfWebhook(before, after);
}

function changeOfWebhook(before: Item | undefined, after: Item): TableChange | undefined {
  const [was, is] = [before && storedWebhook(before), storedWebhook(after)];
  if (is?.kind === 'endpoint') {
    return { kind: 'endpoint', before: was?.kind === 'endpoint' ? was.endpoint : undefined, after: is.endpoint };
  }
  if (is?.kind !== 'delivery') return undefined;
  const { delivery, isAsked } = is;
  return {
    ...{ kind: 'delivery', before: was?.kind === 'delivery' ? was.delivery : undefined },
    after: { ...delivery, isAsked },
  };
}
