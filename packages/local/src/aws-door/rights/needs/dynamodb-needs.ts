import { statementShape, type WireStatement } from '../../capacity/statement-keys.ts';
import type { Need } from '../policy/policy.ts';
import { leadingKeys, leadingKeysOfWrites } from './leading-keys.ts';

type Json = Readonly<Record<string, unknown>>;

/** Actions that need the permission of their own name on their table, or on the index that they name. */
const OF_ONE_TABLE = new Set(['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'DescribeTable']);

/** The parts of a transaction, and what each needs. */
const PARTS: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

const VERBS = { SELECT: 'Select', INSERT: 'Insert', UPDATE: 'Update', DELETE: 'Delete' } as const;

/** What a call of DynamoDB needs; undefined if it is not known. `arnPrefix` ends before the table's name. */
export function dynamodbNeeds(action: string, json: Json, arnPrefix: string): readonly Need[] | undefined {
  const need = (name: string, table: unknown, keys: readonly string[]): Need => ({
    action: `dynamodb:${name}`,
    resource: `${arnPrefix}${tableName(table)}`,
    ...(keys.length > 0 && { context: { 'dynamodb:LeadingKeys': keys } }),
  });
  if (OF_ONE_TABLE.has(action)) {
    const one = need(action, json.TableName, leadingKeys(json));
    return [json.IndexName === undefined ? one : { ...one, resource: `${one.resource}/index/${json.IndexName}` }];
  }
  switch (action) {
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.entries((json.RequestItems ?? {}) as Json).map(([table, asked]) =>
        need(action, table, [...leadingKeys(asked), ...leadingKeysOfWrites(asked)]),
      );
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return everyKnown(
        ((json.TransactItems ?? []) as readonly Json[]).map((item) => {
          const [part = '', operation] = Object.entries(item)[0] ?? [];
          const name = PARTS[part];
          return name && need(name, (operation as Json).TableName, leadingKeys(operation));
        }),
      );
    case 'ExecuteStatement':
      return everyKnown([statementNeed(json as unknown as WireStatement, arnPrefix)]);
    case 'BatchExecuteStatement':
    case 'ExecuteTransaction':
      return everyKnown(
        ((json.Statements ?? json.TransactStatements ?? []) as readonly WireStatement[]).map((statement) =>
          statementNeed(statement, arnPrefix),
        ),
      );
    default:
      return undefined;
  }
}

function statementNeed(statement: WireStatement, arnPrefix: string): Need | undefined {
  const shape = statementShape(statement);
  if (shape === undefined) return undefined;
  const index = shape.verb === 'SELECT' ? /FROM\s+"?[\w.-]+"?\."?([\w.-]+)/i.exec(statement.Statement)?.[1] : undefined;
  const ofIndex = index === undefined ? '' : `/index/${index}`;
  return { action: `dynamodb:PartiQL${VERBS[shape.verb]}`, resource: `${arnPrefix}${shape.table}${ofIndex}` };
}

/** A call may name its table by its ARN. */
function tableName(table: unknown): string {
  return String(table).split('/').at(-1) ?? '';
}

function everyKnown(needs: readonly (Need | undefined | '')[]): readonly Need[] | undefined {
  return needs.every((need) => need) ? (needs as readonly Need[]) : undefined;
}
