import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { keyAttributes, type TableItem, type TableKey } from '../table/table-access.ts';
import type { StoredAvatar, StoredUser, UserProfile } from './users-store.ts';

/** Partition that holds every profile, in the order of user ids: listing them is one query. */
export const USERS_PARTITION = 'users';

/**
 * The profile is one text of JSON: its numbers may exceed DynamoDB's 9.9e125, it may nest deeper than 32 levels, and
 * nobody asks for a part of it.
 */
export function userItem(user: StoredUser): TableItem {
  return {
    ...keyAttributes(userKey(user.userId)),
    profile: { S: JSON.stringify(user.profile) },
    ...(user.avatar && { avatar: avatarAttribute(user.avatar) }),
    createdAt: { N: String(user.createdAt) },
    updatedAt: { N: String(user.updatedAt) },
    version: { S: user.version },
  };
}

export function userKey(userId: string): TableKey {
  return { pk: USERS_PARTITION, sk: userId };
}

export function storedUser(item: TableItem): StoredUser {
  return {
    userId: item.sk?.S ?? '',
    profile: JSON.parse(item.profile?.S ?? '{}') as UserProfile,
    avatar: item.avatar?.M && storedAvatar(item.avatar.M),
    createdAt: Number(item.createdAt?.N),
    updatedAt: Number(item.updatedAt?.N),
    version: item.version?.S ?? '',
  };
}

function avatarAttribute(avatar: StoredAvatar): AttributeValue {
  return { M: Object.fromEntries(Object.entries(avatar).map(([name, value]) => [name, scalarAttribute(value)])) };
}

function scalarAttribute(value: string | number | boolean): AttributeValue {
  if (typeof value === 'string') return { S: value };
  return typeof value === 'number' ? { N: String(value) } : { BOOL: value };
}

function storedAvatar(map: Record<string, AttributeValue>): StoredAvatar {
  return Object.fromEntries(
    Object.entries(map).map(([name, { S, N, BOOL }]) => [name, S ?? (N === undefined ? BOOL === true : Number(N))]),
  );
}
