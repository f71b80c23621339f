import type { WireItem } from './item-size.ts';

/** A PartiQL statement with its parameters in DynamoDB's JSON. */
export interface WireStatement {
  readonly Statement: string;
  readonly Parameters?: readonly unknown[];
  readonly ConsistentRead?: boolean;
}

/** What a statement is, and for which table. */
export interface StatementShape {
  readonly verb: 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
  readonly table: string;
}

/** Reads verb and table of a statement; undefined if it is not a statement. */
export function statementShape({ Statement }: WireStatement): StatementShape | undefined {
  const verb = /^\s*(SELECT|INSERT|UPDATE|DELETE)\b/i.exec(Statement)?.[1]?.toUpperCase();
  const table = /(?:FROM|INTO|UPDATE)\s+"?([\w.-]+)/i.exec(Statement)?.[1];
  return verb === undefined || table === undefined ? undefined : { verb: verb as StatementShape['verb'], table };
}

/** The key that a statement names by parameters (`"pk" = ?` after WHERE, or `'pk': ?`); undefined if it names none. */
export function statementKey(statement: WireStatement, keyNames: readonly string[]): WireItem | undefined {
  const named = namedParameters(statement);
  const key: Record<string, unknown> = {};
  for (const name of keyNames) {
    const value = named.get(name);
    if (value === undefined) return undefined;
    key[name] = value;
  }
  return key;
}

function namedParameters({ Statement, Parameters = [] }: WireStatement): Map<string, unknown> {
  const named = new Map<string, unknown>();
  // Each question mark, with the name before its `=` or `:`.
  const marks = Statement.matchAll(/(?:["']?([\w.-]+)["']?\s*[=:]\s*)?\?/g);
  let index = 0;
  // A key cannot be SET: a name that occurs twice is not a key's.
  for (const [, name] of marks) {
    const value = Parameters[index];
    index += 1;
    if (name !== undefined && value !== undefined) named.set(name, value);
  }
  return named;
}
