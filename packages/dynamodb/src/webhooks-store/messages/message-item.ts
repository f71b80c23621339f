import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { keyAttributes, type TableItem, type TableKey } from '../../table/table-access.ts';
import { MESSAGE_KEPT_MS, type Message } from './message.ts';
import { messageTime } from './message-id.ts';

/** Of a person's data it holds only what is kept: the deliveries hold the rest until they end. */
export function messageItem({ id, type, timestamp, data, kept = data }: Message): TableItem {
  return {
    ...keyAttributes(messageKey(id)),
    ...{ type: { S: type }, timestamp: { N: `${timestamp}` }, data: { S: JSON.stringify(kept) } },
    expiresAt: keptUntil(id),
  };
}

export function storedMessage(item: TableItem): Message {
  return {
    ...{ id: item.sk?.S ?? '', type: item.type?.S ?? '', timestamp: Number(item.timestamp?.N) },
    data: JSON.parse(item.data?.S ?? '{}'),
  };
}

export function messageKey(id: string): TableKey {
  return { pk: 'messages', sk: id };
}

/** The table forgets a message and its deliveries at the same time. */
export function keptUntil(messageId: string): AttributeValue {
  return { N: `${Math.ceil((messageTime(messageId) + MESSAGE_KEPT_MS) / 1000)}` };
}
