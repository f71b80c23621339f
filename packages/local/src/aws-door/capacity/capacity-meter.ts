import type { Reply } from '../../aws-calls/aws-call.ts';
import { itemBytes, readUnits, type WireItem, writeUnits } from './item-size.ts';
import { type CallTable, createSizeReader, type WrittenKey } from './size-reader.ts';
import { statementKey, statementShape, type WireStatement } from './statement-keys.ts';

type Json = Readonly<Record<string, unknown>>;

/** The units that a call consumed. */
export interface Units {
  readonly readUnits: number;
  readonly writeUnits: number;
}

/** A request that is prepared for metering, and how to meter its answer. */
export interface MeteredCall {
  readonly body: Buffer;
  /** Reads the units from the answer, and removes what the caller did not ask for. */
  settle(reply: Reply): Promise<{ readonly reply: Reply; readonly units: Units }>;
}

/**
 * Meters DynamoDB calls by the units that DynamoDB Local reports, and computes those that it does not report though AWS
 * bills them.
 */
export interface CapacityMeter {
  meter(action: string, json: Json, body: Buffer): MeteredCall;
}

const READS = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems']);
const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);
const NOTHING: Units = { readUnits: 0, writeUnits: 0 };

/** Creates a meter that reads tables with `callTable`. */
export function createCapacityMeter(callTable: CallTable): CapacityMeter {
  const sizes = createSizeReader(callTable);

  /**
   * For PartiQL and transactions DynamoDB Local reports nothing, or too little: each item that was written is measured
   * afterwards.
   */
  const weighed = (json: Json, body: Buffer, factor: number): MeteredCall => ({
    body,
    settle: async (reply) => {
      const written = await writtenKeys(json, sizes.keyNames);
      const bytes = await sizes.read(written);
      const write = bytes.reduce((sum, size) => sum + factor * writeUnits(size), 0);
      return { reply, units: { readUnits: selectedUnits(json, reply, factor), writeUnits: write } };
    },
  });

  return {
    meter: (action, json, body) => {
      if (READS.has(action) || WRITES.has(action)) return reported(action, json, body);
      if (action === 'TransactWriteItems' || action === 'ExecuteTransaction') return weighed(json, body, 2);
      if (action === 'BatchExecuteStatement' || action === 'ExecuteStatement') return weighed(json, body, 1);
      return { body, settle: async (reply) => ({ reply, units: NOTHING }) };
    },
  };
}

/** Asks for the consumed capacity, reads it, and removes it again. */
function reported(action: string, json: Json, body: Buffer): MeteredCall {
  const wanted = json.ReturnConsumedCapacity === 'TOTAL' || json.ReturnConsumedCapacity === 'INDEXES';
  const conditional = json.ConditionExpression !== undefined;
  const { ReturnConsumedCapacity: _none, ...rest } = json;
  const asked = {
    ...(wanted ? json : { ...rest, ReturnConsumedCapacity: 'TOTAL' }),
    ...(conditional ? { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } : {}),
  };
  return {
    body: wanted && !conditional ? body : Buffer.from(JSON.stringify(asked)),
    settle: async (reply) => {
      if (reply.status >= 400) return failedWrite(reply, json);
      const answer = jsonOf(reply);
      const units = Math.max(capacityOf(answer.ConsumedCapacity), leastUnits(action, json));
      const { ConsumedCapacity: _taken, ...kept } = answer;
      return {
        reply: wanted ? reply : replaceBody(reply, kept),
        units: READS.has(action) ? { readUnits: units, writeUnits: 0 } : { readUnits: 0, writeUnits: units },
      };
    },
  };
}

/** AWS bills a failed condition by the larger of the item that is there and the item that was to be put. */
function failedWrite(reply: Reply, request: Json): { reply: Reply; units: Units } {
  const answer = jsonOf(reply);
  if (!String(answer.__type).endsWith('ConditionalCheckFailedException')) return { reply, units: NOTHING };
  const { Item: old, ...kept } = answer;
  // DynamoDB Local leaves the key out of the old item; AWS does not.
  const present = old === undefined ? 0 : itemBytes({ ...(old as WireItem), ...((request.Key as WireItem) ?? {}) });
  const wanted = request.Item === undefined ? 0 : itemBytes(request.Item as WireItem);
  const units = { readUnits: 0, writeUnits: writeUnits(Math.max(present, wanted)) };
  const ownsOldItem = request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  return { reply: old === undefined || ownsOldItem ? reply : replaceBody(reply, kept), units };
}

function jsonOf({ body }: Reply): Json {
  return JSON.parse(body.toString('utf8') || '{}') as Json;
}

function capacityOf(consumed: unknown): number {
  const list = (Array.isArray(consumed) ? consumed : [consumed]) as readonly ({ CapacityUnits?: number } | undefined)[];
  return list.reduce((sum, entry) => sum + (entry?.CapacityUnits ?? 0), 0);
}

/** Reading nothing costs as much as reading a little, though DynamoDB Local reports 0. */
function leastUnits(action: string, { ConsistentRead }: Json): number {
  if (action !== 'GetItem' && action !== 'Query' && action !== 'Scan') return 0;
  return ConsistentRead === true ? 1 : 0.5;
}

function replaceBody(reply: Reply, json: object): Reply {
  // `settle`'s caller sets length and checksum.
  return { ...reply, body: Buffer.from(JSON.stringify(json)) };
}

async function writtenKeys(json: Json, keyNames: (table: string) => Promise<readonly string[]>): Promise<WrittenKey[]> {
  const keys: WrittenKey[] = [];
  for (const statement of statementsOf(json)) {
    const shape = statementShape(statement);
    if (shape === undefined || shape.verb === 'SELECT') continue;
    keys.push({ table: shape.table, key: statementKey(statement, await keyNames(shape.table)) });
  }
  for (const item of (json.TransactItems ?? []) as readonly Record<string, Json>[]) {
    const operation = item.Put ?? item.Update ?? item.Delete ?? item.ConditionCheck;
    if (operation === undefined) continue;
    const table = String(operation.TableName);
    const put = operation.Item as WireItem | undefined;
    const key = put === undefined ? (operation.Key as WireItem) : pick(put, await keyNames(table));
    keys.push({ table, key, ...(put === undefined ? {} : { atLeastBytes: itemBytes(put) }) });
  }
  return keys;
}

function statementsOf(json: Json): readonly WireStatement[] {
  if (typeof json.Statement === 'string') return [json as unknown as WireStatement];
  return (json.Statements ?? json.TransactStatements ?? []) as readonly WireStatement[];
}

/** Read units of the SELECTs in a PartiQL call, from the items that they returned. */
function selectedUnits(json: Json, reply: Reply, factor: number): number {
  const selects = statementsOf(json).filter((statement) => statementShape(statement)?.verb === 'SELECT');
  if (selects.length === 0 || reply.status >= 400) return 0;
  const answer = JSON.parse(reply.body.toString('utf8')) as { Items?: WireItem[]; Responses?: { Item?: WireItem }[] };
  const consistent = selects[0]?.ConsistentRead === true || factor === 2;
  if (answer.Items !== undefined) {
    return (
      factor *
      readUnits(
        answer.Items.reduce((sum, item) => sum + itemBytes(item), 0),
        consistent,
      )
    );
  }
  const responses = answer.Responses ?? [];
  return responses.reduce((sum, { Item }) => sum + factor * readUnits(itemBytes(Item ?? {}), consistent), 0);
}

function pick(item: WireItem, names: readonly string[]): WireItem {
  return Object.fromEntries(names.map((name) => [name, item[name]]));
}
