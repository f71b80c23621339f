import type { CreateResource } from './create-resource.ts';
import { expectCreated } from './expect-created.ts';

/** What CloudFormation's and the API's descriptions of a table have in common. */
const SHARED = [
  'AttributeDefinitions',
  'KeySchema',
  'BillingMode',
  'ProvisionedThroughput',
  'GlobalSecondaryIndexes',
  'LocalSecondaryIndexes',
];

/** Creates a table with its indexes, stream and TTL. */
export const createTable: CreateResource = async (aws, { physical: { name }, properties }) => {
  const shared = Object.fromEntries(
    SHARED.filter((key) => properties[key] !== undefined).map((key) => [key, properties[key]]),
  );
  const stream = properties.StreamSpecification as object | undefined;
  const outcome = await aws.json('dynamodb', 'CreateTable', {
    TableName: name,
    ...shared,
    ...(stream === undefined ? {} : { StreamSpecification: { StreamEnabled: true, ...stream } }),
  });
  const state = expectCreated(outcome, `table ${name}`, ['ResourceInUseException']);
  const timeToLive = properties.TimeToLiveSpecification;
  if (state === 'existed' || timeToLive === undefined) return;
  const ttl = await aws.json('dynamodb', 'UpdateTimeToLive', { TableName: name, TimeToLiveSpecification: timeToLive });
  expectCreated(ttl, `the TTL of table ${name}`);
};
