/** Where a mutation's source is: below `services/notifications/src` or, for `@weir/<name>/`, `packages/<name>/src`. */
export function sourceUrl(file: string): URL {
  const [, name, inPackage] = /^@weir\/(\w+)\/(.*)/.exec(file) ?? [];
  const path = name === undefined ? `../${file}` : `../../../../packages/${name}/src/${inPackage}`;
  return new URL(path, import.meta.url);
}
