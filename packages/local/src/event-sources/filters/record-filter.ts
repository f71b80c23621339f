import { isUtf8 } from 'node:buffer';
import { type FilterPattern, readFilterPattern } from './filter-pattern.ts';
import { isLeaf, type JsonObject, type JsonValue, parseJsonValue, toJsonValue } from './json-value.ts';

/** A record as filter patterns see it. */
export interface FilteredRecord {
  /** Its fields, except the payload. */
  readonly fields: object;
  /** What producers wrote, which may be JSON: a Kinesis record's `data`, a message's `body`. */
  readonly payload?: Buffer;
}

/** Whether a mapping delivers a record. */
export type RecordFilter = (record: FilteredRecord) => boolean;

/** Reads the patterns of a mapping, one of which must match; `payloadKey` is their name for the payload. */
export function readRecordFilter(patterns: readonly unknown[], payloadKey?: 'data' | 'body'): RecordFilter {
  if (patterns.length === 0) return () => true;
  const filters = patterns.map((pattern) => readOne(pattern, payloadKey));
  return (record) => filters.some((filter) => filter(record));
}

/** The patterns of `filterPatterns:`, or those that `resources.extensions` lays over them. */
export function declaredPatterns(filterPatterns: unknown, filterCriteria: unknown): readonly unknown[] {
  const filters = (filterCriteria as { Filters?: readonly { Pattern?: unknown }[] } | undefined)?.Filters;
  if (filters === undefined) return (filterPatterns as readonly unknown[] | undefined) ?? [];
  return filters.map(({ Pattern }) => {
    try {
      return JSON.parse(String(Pattern)) as unknown;
    } catch {
      throw new Error(`The Pattern ${JSON.stringify(Pattern)} of FilterCriteria is not JSON`);
    }
  });
}

function readOne(pattern: unknown, payloadKey: string | undefined): RecordFilter {
  const matches: FilterPattern = readFilterPattern(pattern);
  const format = payloadKey === undefined ? 'unused' : payloadFormat(pattern, payloadKey);
  return withinStack(({ fields, payload }) => {
    const known = toJsonValue(fields) as JsonObject;
    if (payloadKey === undefined || payload === undefined || format === 'unused') return matches(known);
    const value = readPayload(payload, format);
    return value !== undefined && matches({ ...known, [payloadKey]: value });
  });
}

/** JSON that is nested deeper than the stack reaches matches no pattern, and ends nothing. */
function withinStack(filter: RecordFilter): RecordFilter {
  return (record) => {
    try {
      return filter(record);
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  };
}

type PayloadFormat = 'json' | 'text' | 'unused';

/** By the pattern's own format: an object for JSON, an array for plain text. */
function payloadFormat(pattern: unknown, key: string): PayloadFormat {
  const { [key]: payload, $or = [] } = pattern as Readonly<Record<string, unknown>>;
  if (payload !== undefined) return Array.isArray(payload) ? 'text' : 'json';
  const inside = ($or as readonly unknown[]).map((alternative) => payloadFormat(alternative, key));
  return inside.find((format) => format !== 'unused') ?? 'unused';
}

/** "Lambda drops the record" if its format is not the pattern's, or if it is not UTF-8. */
function readPayload(payload: Buffer, format: 'json' | 'text'): JsonValue | undefined {
  if (!isUtf8(payload)) return undefined;
  const text = payload.toString('utf8');
  const json = parseJsonValue(text);
  const isJson = json !== undefined && !isLeaf(json);
  if (format === 'json') return isJson ? json : undefined;
  return isJson ? undefined : text;
}
