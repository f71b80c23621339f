import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig, runtimeFields, text } from '@weir/config';
import { createDynamoDbClient } from '@weir/dynamodb';
import { createDynamoAvatarUploadsStore } from '@weir/dynamodb/avatars';
import { createDynamoUsersStore } from '@weir/dynamodb/users';
import { createTelemetry } from '@weir/logging';
import { createThumbnailHandler } from '../avatars/settle/thumbnail-handler.ts';
import { openAvatarObjects } from '../aws/open-avatar-objects.ts';
import { CHANGE_BUDGET_MS } from '../users/profile/limits.ts';

const config = readConfig({
  ...runtimeFields,
  usersTable: text('WEIR_USERS_TABLE'),
  avatarsBucket: text('WEIR_AVATARS_BUCKET'),
});
const client = createDynamoDbClient();
const table = { client, tableName: config.usersTable };

/** Makes thumbnails of the uploads in S3's events. */
export const handler = createThumbnailHandler(createTelemetry(config), {
  store: createDynamoUsersStore(table),
  uploads: createDynamoAvatarUploadsStore(table),
  objects: openAvatarObjects(config.avatarsBucket),
  newVersion: randomUUID,
  now: () => Date.now(),
  random: Math.random,
  sleep,
  changeBudgetMs: CHANGE_BUDGET_MS,
});
