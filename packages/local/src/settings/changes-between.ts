/** A value that another has taken the place of: the keys that lead to it, and the new value. */
export interface Change {
  readonly path: readonly string[];
  readonly value: unknown;
}

type Node = Record<string, unknown>;

/** How to make `after` of `before`, which are JSON: every value that is another one, as high up as needed. */
export function changesBetween(before: unknown, after: unknown, path: readonly string[] = []): readonly Change[] {
  if (!isNode(before) || !isNode(after) || Array.isArray(before) !== Array.isArray(after)) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, value: after }];
  }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => changesBetween(before[key], after[key], [...path, key]));
}

/** Makes the changes in `root` itself, so that all who hold a part of it see them. */
export function makeChanges(root: object, changes: readonly Change[]): void {
  for (const { path, value } of changes) {
    const last = path.at(-1);
    const parent = path.slice(0, -1).reduce<unknown>((node, key) => (isNode(node) ? node[key] : undefined), root);
    if (last !== undefined && isNode(parent)) parent[last] = value;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}
