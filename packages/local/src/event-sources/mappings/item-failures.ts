/** "Success: an empty list, null, an empty object"; a null or empty identifier is a complete failure. */
export function itemFailures(value: unknown): readonly string[] | 'malformed' {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [];
  const list = (value as { batchItemFailures?: unknown }).batchItemFailures;
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) return 'malformed';
  const identifiers = list.map((entry: unknown) => (entry as { itemIdentifier?: unknown } | null)?.itemIdentifier);
  const valid = identifiers.every((identifier) => typeof identifier === 'string' && identifier !== '');
  return valid ? (identifiers as string[]) : 'malformed';
}
