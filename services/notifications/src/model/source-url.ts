/** Where a mutation's source is: below `services/notifications/src` or, for `@weir/dynamodb/`, `packages/dynamodb/src`. */
export function sourceUrl(file: string): URL {
  const [, inStores] = /^@weir\/dynamodb\/(.*)/.exec(file) ?? [];
  const path = inStores === undefined ? `../${file}` : `../../../../packages/dynamodb/src/${inStores}`;
  return new URL(path, import.meta.url);
}
