/** What an authorizer answers, as far as it is well formed. */
export interface Policy {
  readonly Statement: readonly PolicyStatement[];
}

interface PolicyStatement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
}

/** Whether an authorizer's policy lets a method be called: some statement has to, and none may deny it. */
export function isAllowed({ Statement }: Policy, methodArn: string): boolean {
  const fitting = Statement.filter(
    ({ Action, Resource }) => hasPattern(Action, 'execute-api:Invoke') && hasPattern(Resource, methodArn),
  );
  return fitting.some(({ Effect }) => Effect === 'Allow') && !fitting.some(({ Effect }) => Effect === 'Deny');
}

/** IAM's wildcards: `*` is any text, `?` one character. */
function hasPattern(patterns: unknown, text: string): boolean {
  return [patterns].flat().some((pattern) => {
    const source = String(pattern)
      .replace(/[^\w*?]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${source}$`, 's').test(text);
  });
}
