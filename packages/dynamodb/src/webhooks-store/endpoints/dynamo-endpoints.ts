import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { getItem } from '../../table/get-item.ts';
import { partitionQuery, pastQuery } from '../../table/query-pages.ts';
import type { TableAccess } from '../../table/table-access.ts';
import { ItemUpdate } from '../../table/updates/item-update.ts';
import { updateIf } from '../../table/updates/transact.ts';
import { ENDPOINTS_PARTITION, endpointKey, secretList, storedEndpoint, textList } from './endpoint-item.ts';
import {
  type Disabled,
  type EndpointChange,
  type EndpointHealth,
  type EndpointsStore,
  GOOD_HEALTH,
} from './endpoints-store.ts';
import { createEndpoint, readEndpoints, removeEndpoint } from './make-and-remove.ts';

/** Endpoints in DynamoDB: an item for each. */
export function createDynamoEndpoints(access: TableAccess): EndpointsStore {
  const { client, tableName: TableName } = access;
  return {
    createEndpoint: (endpoint) => createEndpoint(access, endpoint),

    async findEndpoint(id) {
      const item = await getItem(access, endpointKey(id));
      return item && storedEndpoint(item);
    },

    async listEndpoints({ after, limit }) {
      const range = after === undefined ? partitionQuery(ENDPOINTS_PARTITION) : pastQuery(endpointKey(after));
      const query = new QueryCommand({ TableName, ConsistentRead: true, Limit: limit + 1, ...range });
      const { Items = [] } = await client.send(query);
      const endpoints = Items.slice(0, limit).map(storedEndpoint);
      return { endpoints, next: Items.length > limit ? endpoints.at(-1)?.id : undefined };
    },

    async allEndpoints() {
      return (await readEndpoints(access)).map(storedEndpoint);
    },

    async updateEndpoint({ id, revision }, change) {
      const update = changeUpdate(change).add('revision', 1).when('revision', '=', revision);
      const item = await updateIf(access, endpointKey(id), update.build());
      return item && storedEndpoint(item);
    },

    removeEndpoint: (id, now) => removeEndpoint(access, id, now),

    async setHealth({ id, health: read }, health) {
      const update = setHealth(new ItemUpdate(), health).when('healthRevision', '=', read.revision);
      return (await updateIf(access, endpointKey(id), update.build())) !== undefined;
    },

    async disableEndpoint({ id, revision, health }, disabled) {
      const update = setDisabled(new ItemUpdate(), disabled).add('revision', 1).whenMissing('disabledReason');
      update.when('revision', '=', revision).when('healthRevision', '=', health.revision);
      return (await updateIf(access, endpointKey(id), update.build())) !== undefined;
    },
  };
}

function changeUpdate({ url, events, secrets, disabled }: EndpointChange): ItemUpdate {
  const update = new ItemUpdate();
  if (url !== undefined) update.set('url', url);
  if (url !== undefined || disabled === null) setHealth(update, GOOD_HEALTH);
  if (events !== undefined) update.set('events', textList(events));
  if (secrets !== undefined) update.set('secrets', secretList(secrets));
  if (disabled === null) return update.remove('disabledReason', 'disabledSince');
  return disabled ? setDisabled(update, disabled) : update;
}

function setDisabled(update: ItemUpdate, { reason, since }: Disabled): ItemUpdate {
  return update.set('disabledReason', reason).set('disabledSince', since);
}

function setHealth(update: ItemUpdate, health: Omit<EndpointHealth, 'revision'>): ItemUpdate {
  const { firstFailureAt, failures, slow, pausedUntil } = health;
  for (const [name, time] of Object.entries({ firstFailureAt, pausedUntil })) {
    if (time === undefined) update.remove(name);
    else update.set(name, time);
  }
  return update.set('failures', failures).set('slow', { BOOL: slow }).add('healthRevision', 1);
}
