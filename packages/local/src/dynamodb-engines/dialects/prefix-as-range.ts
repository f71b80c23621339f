import type { WireJson } from '../../aws-calls/backend.ts';

const PREFIX_CONDITION = /begins_with\s*\(\s*([#\w]+)\s*,\s*(:\w+)\s*\)/;
/** No key that begins with a prefix comes after it with this: the last character there is, as often as a key (1024 bytes) has room for. */
const LAST_SUFFIX = '\u{10ffff}'.repeat(256);
const END_NAME = ':weirPrefixEnd';

/** A query by a prefix of the sort key as one by a range: dynoxide finds `Ab` for the prefix `a`, too. */
export function prefixAsRange(query: WireJson): WireJson {
  const { KeyConditionExpression: condition, ExpressionAttributeValues: values } = query;
  const [call, name, reference] = PREFIX_CONDITION.exec(typeof condition === 'string' ? condition : '') ?? [];
  const prefix = (values as Readonly<Record<string, { S?: unknown }>> | undefined)?.[reference ?? '']?.S;
  if (call === undefined || typeof prefix !== 'string') return query;
  return {
    ...query,
    KeyConditionExpression: String(condition).replace(call, () => `${name} BETWEEN ${reference} AND ${END_NAME}`),
    ExpressionAttributeValues: { ...(values as object), [END_NAME]: { S: `${prefix}${LAST_SUFFIX}` } },
  };
}
